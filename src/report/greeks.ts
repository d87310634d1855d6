import type { GreeksResult, MeanEstimate } from "../risk/greeks/greeks-result.js";

import { seconds as span } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { columnsOf, padded } from "./columns.js";
import { count, row, toText } from "./lines.js";

/** The widest name. */
const WIDTH = 200;

/** Significant digits of an estimate. */
const DIGITS = 4;

/**
 * Greeks of a protocol as text: how its number responds to each thing, with intervals.
 *
 * @param result - of `siege.greeks(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderGreeks(result: GreeksResult): string {
  const { target, scenario, output, base, greeks, paths, seed, confidence, step, blocks, blockTime, cut } = result;
  return toText([
    `How ${legible(output, WIDTH)} of ${legible(target, WIDTH)} responds in "${legible(scenario, WIDTH)}"`,
    ...(cut === undefined
      ? []
      : [row("stopped", `by ${cut === "interrupted" ? "an interruption" : "the time limit"}: some are missing`)]),
    ...(base === undefined ? [] : [row("without", `a change: ${estimateText(base)}`)]),
    ...(greeks.length === 0
      ? []
      : table([
          ["to", "per", "response", "interval", "curvature", "interval"],
          ...greeks.map(({ name, per, response, curvature }) => [
            legible(name, NAME_WIDTH),
            legible(per, NAME_WIDTH),
            rounded(response.value),
            intervalText(response),
            ...(curvature === undefined ? ["", ""] : [rounded(curvature.value), intervalText(curvature)]),
          ]),
        ])),
    row("horizon", `${count(blocks, "block")} of ${format(span(blockTime))}`),
    ...Object.entries(result.parameters ?? {}).map(([name, value]) => row("parameter", `${name} ${value}`)),
    `  ${count(paths, "path")}, the same in all variants, changed by ${Number((100 * step).toPrecision(4))} % up and down, seed ${seed}; intervals by Student's t, ${Number((confidence * 100).toFixed(2))} %; ${result.seconds.toFixed(1)} s`,
  ]);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ""))),
  );
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function estimateText(estimate: MeanEstimate): string {
  return `${rounded(estimate.value)}, between ${intervalText(estimate).replace(" to ", " and ")}`;
}

function intervalText({ interval: { lower, upper } }: MeanEstimate): string {
  return `${rounded(lower)} to ${rounded(upper)}`;
}

function rounded(value: number): string {
  // what is left of a difference of equal numbers
  return Math.abs(value) < 1e-12 ? "0" : value.toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
}
