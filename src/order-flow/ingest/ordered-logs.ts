import type { Hex } from "viem";

import type { FlowCounts } from "../data-set/flow-data-set.js";
import type { RawLog } from "./raw-log.js";

import { SiegeError } from "../../errors.js";

/** Logs of one version of the chain in its order, and what was done to them. */
export interface OrderedLogs {
  readonly logs: readonly RawLog[];
  readonly counts: Pick<FlowCounts, "logs" | "duplicates" | "removed" | "outOfOrder">;
}

/**
 * Puts logs in order, each once, without those that a reorganisation took back.
 *
 * @throws SiegeError `LOGS_CONFLICT` if two versions of a block are left
 */
export function orderedLogs(logs: readonly RawLog[]): OrderedLogs {
  const kept = new Map<string, RawLog>();
  const gone = new Set<string>();
  const hashes = new Map<number, Hex>();
  let [duplicates, outOfOrder] = [0, 0];
  let last: RawLog | undefined;
  for (const log of logs) if (log.removed) gone.add(versionOf(log));
  for (const log of logs) {
    if (log.removed || gone.has(versionOf(log))) continue;
    requireOneVersion(log, hashes);
    const place = `${log.block} ${log.index}`;
    const known = kept.get(place);
    if (known !== undefined) {
      if (!isSame(known, log)) throw conflict(log.block);
      duplicates += 1;
      continue;
    }
    kept.set(place, log);
    if (last !== undefined && compare(last, log) > 0) outOfOrder += 1;
    else last = log;
  }
  const removed = logs.length - kept.size - duplicates;
  return {
    logs: [...kept.values()].sort(compare),
    counts: { logs: logs.length, duplicates, removed, outOfOrder },
  };
}

function requireOneVersion({ block, blockHash }: RawLog, hashes: Map<number, Hex>): void {
  if (blockHash === undefined) return;
  const known = hashes.get(block);
  if (known !== undefined && known !== blockHash) throw conflict(block);
  hashes.set(block, blockHash);
}

/** Which version of the chain a log is of, where that is known: its block, else its transaction. */
function versionOf({ block, index, blockHash, transaction }: RawLog): string {
  return `${blockHash ?? `${block} ${transaction}`} ${index}`;
}

function isSame(one: RawLog, other: RawLog): boolean {
  return (
    one.transaction === other.transaction &&
    one.address === other.address &&
    one.data === other.data &&
    one.topics.join() === other.topics.join()
  );
}

function compare(one: RawLog, other: RawLog): number {
  return one.block - other.block || one.index - other.index;
}

function conflict(block: number): SiegeError {
  return new SiegeError("LOGS_CONFLICT", {
    message: `The logs have two versions of block ${block}: they were read before and after a reorganisation.`,
    hint: "Read that block again, and leave its other logs out.",
  });
}
