import type { Axis } from "../risk/map/axis.js";
import type { SensitivityResult } from "../risk/sensitivity/sensitivity-result.js";

import { legible, NAME_WIDTH } from "../quantity/legible.js";
import { outputText } from "../risk/sensitivity/output.js";

import { columnsOf, padded } from "./columns.js";
import { count, row, toText } from "./lines.js";

/** The widest name. */
const WIDTH = 200;

/**
 * Sensitivities as text: which parameter drives the output, most of all first, with intervals.
 *
 * @param result - of `siege.sensitivity(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderSensitivity(result: SensitivityResult): string {
  const { samples, wanted, runs, seed, points, seconds, confidence, cut } = result;
  const unit = result.method === "morris" ? "trajectory" : "row";
  const what =
    samples === 1 ? `1 ${unit}` : `${samples.toLocaleString("en-US")} ${unit === "row" ? "rows" : "trajectories"}`;
  return toText([
    `What drives ${legible(outputText(result.output), WIDTH)}: ${legible(result.target, WIDTH)} in "${legible(result.scenario, WIDTH)}"`,
    ...(cut === undefined
      ? []
      : [
          row(
            "stopped",
            `by ${cut === "interrupted" ? "an interruption" : "the time limit"}, after ${what} of ${wanted}`,
          ),
        ]),
    ...bodyOf(result),
    ...result.of.map((axis) => row("varied", axisText(axis))),
    ...Object.entries(result.parameters ?? {}).map(([name, value]) =>
      row("parameter", `${name} ${value}, at every point`),
    ),
    `  ${result.method === "morris" ? "Morris" : "Saltelli"}, ${what}, ${count(points.length, "point")} of ${count(runs, "run")}, seed ${seed}; bootstrap intervals, ${Number((confidence * 100).toFixed(2))} %; ${seconds.toFixed(1)} s`,
  ]);
}

function bodyOf(result: SensitivityResult): readonly string[] {
  if (result.outcome === "constant") {
    return [
      row("constant", `it is ${rounded(result.points[0]?.value ?? NaN)} at every point: nothing drives it there`),
    ];
  }
  if (result.outcome === "incomplete") return [row("incomplete", "too few samples for an estimate")];
  if (result.method === "morris") {
    const effects = result.effects.toSorted((a, b) => b.muStar - a.muStar);
    return table(
      ["", "mu*", "interval", "mu", "sigma"],
      effects.map(({ name, muStar, muStarInterval: { lower, upper }, mu, sigma }) => [
        name,
        rounded(muStar),
        `${rounded(lower)} to ${rounded(upper)}`,
        rounded(mu),
        rounded(sigma),
      ]),
    );
  }
  const indices = result.indices.toSorted((a, b) => b.total - a.total);
  return table(
    ["", "total", "interval", "first", "interval"],
    indices.map(({ name, total, totalInterval, first, firstInterval }) => [
      name,
      rounded(total),
      `${rounded(totalInterval.lower)} to ${rounded(totalInterval.upper)}`,
      rounded(first),
      `${rounded(firstInterval.lower)} to ${rounded(firstInterval.upper)}`,
    ]),
  );
}

function table(head: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  const rows = [head, ...body.map(([name = "", ...cells]) => [legible(name, NAME_WIDTH), ...cells])];
  const widths = head.map((_cell, column) => Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ""))));
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function axisText({ name, range: [least, most], unit }: Axis): string {
  return `${name} from ${least} to ${most}${unit === undefined ? "" : ` ${legible(unit, NAME_WIDTH)}`}`;
}

function rounded(value: number): string {
  return String(Number(value.toFixed(4)));
}
