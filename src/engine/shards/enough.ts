import type { ShardResults } from "./result.js";

import { choose } from "./choose.js";
import { shardOf, strandsOf } from "./strands.js";

/** What is known of a campaign while its shards come in. */
export interface SoFar {
  /** The shards that can still matter, by index: a campaign of a single machine comes to no strand after its last finding. */
  readonly needed: ReadonlySet<number>;
  /** Whether all of them are there. */
  readonly isEnough: boolean;
}

/** Which shards of a campaign its verdict takes, as far as the results that are there tell. */
export function soFar(results: ShardResults): SoFar {
  const { campaign, shards } = results;
  const { last } = choose(results);
  const strands = strandsOf(campaign.runs).filter(({ index }) => last === undefined || index <= last);
  const [first] = shards;
  const needed = new Set(strands.map(({ index }) => shardOf(index, campaign.shards)));
  // what all of them have found before the search is in each of them
  if (strands.length === 0 && first !== undefined) needed.add(first.index);
  const there = new Set(shards.map(({ index }) => index));
  return { needed, isEnough: [...needed].every((index) => there.has(index)) };
}

/** The results without shards that the verdict does not take: which of those are there depends on who was quick. */
export function withoutFurther(results: ShardResults): ShardResults {
  const { needed } = soFar(results);
  return { ...results, shards: results.shards.filter(({ index }) => needed.has(index)) };
}
