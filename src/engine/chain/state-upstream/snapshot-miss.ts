import { SiegeError } from "../../../errors.js";

/** What a source that is a snapshot is called; errors of it are recognised by that, in whatever error they arrive. */
export function snapshotName(file: string): string {
  return `the snapshot ${file}`;
}

const MISS =
  /the snapshot (.{1,300}?) does not hold (slot 0x[\da-f]{64} of 0x[\da-f]{40}|the account 0x[\da-f]{40}|the block [\w-]{1,66})/i;

/** The error of a fork that asked a snapshot for what it does not hold; `undefined` if the message is of something else. */
export function snapshotMissIn(message: string, cause: unknown): SiegeError | undefined {
  const [, file, what] = MISS.exec(message) ?? [];
  if (file === undefined || what === undefined) return undefined;
  return new SiegeError("SNAPSHOT_MISSING_STATE", {
    message: `The snapshot ${file} does not hold ${what}, which was read.`,
    hint: "Other runs, code or tests touch other state: add it with npx hardhat siege snapshot … --add, where the chain can be reached. Nothing was concluded from this run.",
    cause,
  });
}
