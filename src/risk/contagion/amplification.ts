import type { Random } from "../../market/random.js";
import type { Estimate } from "../intervals/interval.js";
import type { LossesTable } from "./losses-table.js";

import { bootstrapIntervals } from "../intervals/bootstrap.js";

import { meanOf } from "./mean.js";

/**
 * How much more is lost in the world that protocols share than by each on its own. All losses are what shocks add to those without any, on
 * the same paths, US dollars.
 *
 * `factor` = `together` / `alone`, the ratio of expected losses with and without the connections (Glasserman and Young, *How likely
 * is contagion in financial networks?*, Journal of Banking & Finance 50, 2015). It is `spread` · `interaction`.
 */
export interface Amplification {
  /** The mean of what all protocols lose when all shocks happen in one path. */
  readonly together: Estimate;
  /** The mean of the sum of what each shocked protocol loses itself when it alone is shocked. */
  readonly alone: Estimate;
  /** `together` / `alone`: 1 without contagion. Absent if nothing is lost alone. */
  readonly factor?: Estimate;
  /** What all protocols lose, summed over the shocks one at a time, / `alone`: how far losses spread to others. */
  readonly spread?: Estimate;
  /** `together` / what all protocols lose, summed over the shocks one at a time: below 1 where what is lost already cannot be lost twice. */
  readonly interaction?: Estimate;
}

/** What one path adds. */
interface PathSums {
  readonly together: number;
  readonly alone: number;
  readonly all: number;
}

/** The least sum of which a ratio is told, US dollars. */
const ROUNDING = 0.01;

/**
 * Amplification against the sum of parts.
 *
 * @param table - the first variant without shocks, then one for each shock, and last all together, which is the second if there is one shock
 * @param columns - the columns of the shocked protocols, in the order of their variants
 */
export function amplification(
  table: LossesTable,
  columns: readonly number[],
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): Amplification {
  const sums = table.map((path): PathSums => {
    const total = (variant: number): number => totalOf(path[variant]?.losses) - totalOf(path[0]?.losses);
    const own = (column: number, row: number): number =>
      (path[row + 1]?.losses[column] ?? NaN) - (path[0]?.losses[column] ?? NaN);
    return {
      together: total(path.length - 1),
      alone: sumOf(columns.map(own)),
      all: sumOf(columns.map((_column, row) => total(row + 1))),
    };
  });
  const interval = bootstrapIntervals(sums, ratiosOf, { confidence, random });
  const [factor, spread, interaction] = ratiosOf(sums).map((value, index) =>
    Number.isFinite(value) ? { value, interval: interval(index) } : undefined,
  );
  return {
    together: meanOf(
      sums.map(({ together }) => together),
      confidence,
    ),
    alone: meanOf(
      sums.map(({ alone }) => alone),
      confidence,
    ),
    ...(factor === undefined ? {} : { factor }),
    ...(spread === undefined ? {} : { spread }),
    ...(interaction === undefined ? {} : { interaction }),
  };
}

/** Ratios of sums over paths, which are those of the means. */
function ratiosOf(sums: readonly PathSums[]): readonly number[] {
  const [together, alone, all] = [
    sumOf(sums.map((one) => one.together)),
    sumOf(sums.map((one) => one.alone)),
    sumOf(sums.map((one) => one.all)),
  ];
  const ratio = (above: number, below: number): number => (below < ROUNDING ? NaN : above / below);
  return [ratio(together, alone), ratio(all, alone), ratio(together, all)];
}

/** What all protocols lose in a run. */
export function totalOf(losses: readonly number[] = []): number {
  return sumOf(losses);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
