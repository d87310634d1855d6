import type { Shard, ShardJob } from "./job.js";

import { SiegeError } from "../../errors.js";

/** The most runs of a strand: it learns from 32 runs at a time, so that these are four lessons. */
const LONG = 128;

/** Of a short campaign: shorter strands can be dealt to more shards. A default campaign of 500 runs has eight. */
const SHORT = 64;

/** With as many strands, a campaign is no longer short. */
const SHORT_STRANDS = 16;

/** The most strands of a campaign: each has counts of its own in the result. Beyond 131,072 runs, strands are longer. */
const MOST_STRANDS = 1_024;

/**
 * Runs of a campaign that are searched on their own: what they learn, and how they are executed, depends on nothing outside of
 * the strand. So it does not matter where they are played.
 */
export interface Strand {
  /** Counted from 0. */
  readonly index: number;
  /** How many runs of the campaign come before it. */
  readonly first: number;
  readonly runs: number;
}

/** The strands of a campaign: as even as possible. They do not depend on the number of shards. */
export function strandsOf(runs: number): readonly Strand[] {
  const short = Math.min(SHORT_STRANDS, Math.ceil(runs / SHORT));
  const count = Math.min(MOST_STRANDS, Math.max(short, Math.ceil(runs / LONG)));
  const start = (index: number): number => Math.floor((index * runs) / count);
  return Array.from({ length: count }, (_, index) => ({
    index,
    first: start(index),
    runs: start(index + 1) - start(index),
  }));
}

/** The strands that a shard plays: dealt like cards, so that each shard has early ones. */
export function dealtTo({ index, count }: Shard, runs: number): readonly Strand[] {
  return strandsOf(runs).filter((strand) => strand.index % count === index - 1);
}

/** Which shard plays a strand, counted from 1. */
export function shardOf(strand: number, count: number): number {
  return (strand % count) + 1;
}

/**
 * Refuses more shards than there are strands: some machines would have nothing to do.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireDealt({ runs, shard: { index, count } }: Pick<ShardJob, "runs" | "shard">): void {
  const parts = strandsOf(runs).length;
  if (count <= parts) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `The shard is ${index}/${count}, but a campaign of ${runs.toLocaleString("en-US")} ${runs === 1 ? "run" : "runs"} has ${parts === 1 ? "1 part" : `${parts} parts`} only.`,
    hint: `Use at most ${parts} ${parts === 1 ? "shard" : "shards"}, or more runs: --runs ${(count - 1) * (count <= SHORT_STRANDS ? SHORT : LONG) + 1} is enough for ${count}.`,
  });
}
