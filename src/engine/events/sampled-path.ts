import type { Process, ProcessContext } from "../../market/processes/process.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { DrawContext } from "./kind.js";

import { createRandom } from "../../market/random.js";

import { draws, seeds } from "./draw.js";

/** A change in a block, parts per million. */
export interface PathChange {
  readonly block: number;
  readonly change: number;
}

/** A path of a process, block by block, without the blocks in which nothing changes. */
export function pathOf(
  process: Process | undefined,
  { blocks, blockTime }: Pick<Scenario, "blocks" | "blockTime">,
  intervals: DrawContext["intervals"],
): Draw<readonly PathChange[]> {
  if (process === undefined) return draws.constant([]);
  const times = timesOf({ blocks, blockTime }, intervals);
  return seeds().map((seed) => changesIn(process.sample({ ...times, random: createRandom(seed) })));
}

/** When the blocks come at which a process is sampled. */
export function timesOf(
  { blocks, blockTime }: Pick<Scenario, "blocks" | "blockTime">,
  intervals: DrawContext["intervals"],
): Omit<ProcessContext, "random"> {
  return { blocks, blockTime, ...(intervals === undefined ? {} : { intervals }) };
}

/** The blocks of a sample in which something changes. */
export function changesIn(sample: readonly number[]): readonly PathChange[] {
  return sample.flatMap((change, index) => (change === 0 ? [] : [{ block: index + 1, change }]));
}
