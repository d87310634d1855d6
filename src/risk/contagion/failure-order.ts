import type { PathProbability } from "../ruin/ruin-result.js";
import type { LossesTable } from "./losses-table.js";

import { clopperPearson } from "../intervals/clopper-pearson.js";

/** An order in which protocols failed, and in how many paths. */
export interface FailureSequence {
  /** The protocols that failed, those that failed after the same block together; empty for paths in which none failed. */
  readonly order: readonly (readonly string[])[];
  readonly paths: number;
}

/** The order of failure over the paths of one variant. */
export interface FailureOrder {
  /** The protocols that were shocked; empty for the paths without a shock. */
  readonly shocked: readonly string[];
  /** The most frequent first. */
  readonly sequences: readonly FailureSequence[];
  /** How likely each protocol is to be among the first that fail. */
  readonly first: readonly { readonly protocol: string; readonly probability: PathProbability }[];
}

/** In which order protocols failed in a variant. */
export function failureOrder(
  table: LossesTable,
  variant: number,
  {
    shocked,
    protocols,
    confidence,
  }: { readonly shocked: readonly string[]; readonly protocols: readonly string[]; readonly confidence: number },
): FailureOrder {
  const orders = table.map((path) => orderOf(path[variant]?.failedAt ?? [], protocols));
  const counted = new Map<string, FailureSequence>();
  for (const order of orders) {
    const key = JSON.stringify(order);
    counted.set(key, { order, paths: (counted.get(key)?.paths ?? 0) + 1 });
  }
  const first = protocols.map((protocol) => {
    const successes = orders.filter(([group = []]) => group.includes(protocol)).length;
    const trials = orders.length;
    return {
      protocol,
      probability: { value: successes / trials, interval: clopperPearson({ successes, trials }, confidence) },
    };
  });
  // a stable sort: of equally frequent ones, the one that was seen first
  return { shocked, sequences: [...counted.values()].sort((a, b) => b.paths - a.paths), first };
}

function orderOf(
  failedAt: readonly (number | undefined)[],
  protocols: readonly string[],
): readonly (readonly string[])[] {
  const blocks = [...new Set(failedAt.filter((block) => block !== undefined))].sort((a, b) => a - b);
  return blocks.map((block) => protocols.filter((_protocol, column) => failedAt[column] === block));
}
