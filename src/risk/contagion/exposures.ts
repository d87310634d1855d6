import type { Estimate } from "../intervals/interval.js";
import type { PathProbability } from "../ruin/ruin-result.js";
import type { LossesTable } from "./losses-table.js";

import { clopperPearson } from "../intervals/clopper-pearson.js";

import { meanOf } from "./mean.js";

/**
 * An entry of the exposure matrix: what a protocol loses given that another one fails. The failure is brought about, not waited for, so
 * that it is an effect and no mere correlation.
 */
export interface Exposure {
  /** The protocol that is shocked. */
  readonly from: string;
  /** The protocol that loses; the same one for what it loses by its own failure. */
  readonly to: string;
  /** The mean of its largest loss with the shock, US dollars. */
  readonly loss: Estimate;
  /** The mean of what the shock adds to that, on the same paths: the loss with it less that without any. */
  readonly added: Estimate;
  /** How likely it is to fail with the shock. */
  readonly fails: PathProbability;
  /** In how many paths it fails with the shock and not without. */
  readonly onlyShocked: number;
}

/** What a protocol loses without any shock. */
export interface UnshockedLoss {
  readonly protocol: string;
  /** The mean of its largest loss, US dollars. */
  readonly loss: Estimate;
  readonly fails: PathProbability;
}

/** What protocols lose in the first variant. */
export function unshockedLosses(
  table: LossesTable,
  protocols: readonly string[],
  confidence: number,
): readonly UnshockedLoss[] {
  return protocols.map((protocol, column) => ({
    protocol,
    loss: meanOf(
      table.map(([without]) => without?.losses[column] ?? NaN),
      confidence,
    ),
    fails: failureIn(table, 0, column, confidence),
  }));
}

/**
 * The exposure matrix, row by row: `shocked[i]` is shocked in variant `i + 1`.
 *
 * @param table - at least two paths; the first variant is without shocks
 */
export function exposures(
  table: LossesTable,
  {
    shocked,
    protocols,
    confidence,
  }: { readonly shocked: readonly string[]; readonly protocols: readonly string[]; readonly confidence: number },
): readonly Exposure[] {
  return shocked.flatMap((from, row) =>
    protocols.map((to, column): Exposure => {
      const variant = row + 1;
      const pairs = table.map((path) => ({
        without: path[0]?.losses[column] ?? NaN,
        with: path[variant]?.losses[column] ?? NaN,
      }));
      return {
        from,
        to,
        loss: meanOf(
          pairs.map((pair) => pair.with),
          confidence,
        ),
        added: meanOf(
          pairs.map((pair) => pair.with - pair.without),
          confidence,
        ),
        fails: failureIn(table, variant, column, confidence),
        onlyShocked: table.filter(
          (path) => path[variant]?.failedAt[column] !== undefined && path[0]?.failedAt[column] === undefined,
        ).length,
      };
    }),
  );
}

function failureIn(table: LossesTable, variant: number, column: number, confidence: number): PathProbability {
  const successes = table.filter((path) => path[variant]?.failedAt[column] !== undefined).length;
  return {
    value: successes / table.length,
    interval: clopperPearson({ successes, trials: table.length }, confidence),
  };
}
