import type { MissingShards } from "../campaign/campaign-result.js";

/** `3 of 4 shards; shard 2 is missing` */
export function missingText({ count, missing }: MissingShards): string {
  const which = missing.length === 1 ? `shard ${missing.join("")} is` : `shards ${listed(missing)} are`;
  return `${count - missing.length} of ${count} shards; ${which} missing`;
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1) ?? ""}`;
}
