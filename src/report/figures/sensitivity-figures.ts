import type { BootstrapInterval } from "../../risk/intervals/interval.js";
import type { MorrisResult, SensitivityResult, SobolResult } from "../../risk/sensitivity/sensitivity-result.js";
import type { Figure } from "./figure.js";
import type { TornadoValue } from "./tornado.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { outputText } from "../../risk/sensitivity/output.js";
import { count } from "../lines.js";

import { axisName } from "./axis-name.js";
import { subjectOf } from "./subject.js";
import { rounded, tornado } from "./tornado.js";

/**
 * The figure of sensitivities, `tornado`: Morris mu* and sigma, or total and first Sobol indices, most of all first, with their
 * intervals. Needs the package echarts.
 *
 * @param result - of `siege.sensitivity(...)`, or as `siege sensitivity --json` wrote it
 * @returns none unless effects were estimated
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 */
export async function sensitivityFigures(result: SensitivityResult): Promise<readonly Figure[]> {
  if (result.outcome !== "estimated") return [];
  const svg = await (result.method === "morris" ? morris(result) : sobol(result));
  return [{ name: "tornado", svg }];
}

function morris(result: MorrisResult): Promise<string> {
  return tornado({
    title: titleOf(result),
    about: [
      "mu* is the mean size of the change over the whole range of a parameter; sigma its standard deviation: how far it depends on where it is, or on other parameters.",
      ...sentences(result, "trajectory", "trajectories"),
    ],
    axis: `change of ${legible(outputText(result.output), NAME_WIDTH)} over the range`,
    numbers: ["mu*", "sigma"],
    rows: result.effects
      .toSorted((a, b) => b.muStar - a.muStar)
      .map(({ name, muStar, muStarInterval, sigma }) => ({
        name,
        values: [withInterval(muStar, muStarInterval), { value: sigma }],
      })),
  });
}

function sobol(result: SobolResult): Promise<string> {
  return tornado({
    title: titleOf(result),
    about: [
      "Shares of the variance: first is what a parameter drives on its own; total, what it drives on its own and together with others. Estimates may lie below 0.",
      `The output has a mean of ${rounded(result.mean)} and a variance of ${rounded(result.variance)}.`,
      ...sentences(result, "row", "rows"),
    ],
    axis: `share of the variance of ${legible(outputText(result.output), NAME_WIDTH)}`,
    numbers: ["total", "first"],
    rows: result.indices
      .toSorted((a, b) => b.total - a.total)
      .map(({ name, total, totalInterval, first, firstInterval }) => ({
        name,
        values: [withInterval(total, totalInterval), withInterval(first, firstInterval)],
      })),
  });
}

/** JSON has `null` for a bound that no resample gave. */
function withInterval(value: number, { lower, upper }: BootstrapInterval): TornadoValue {
  return Number.isFinite(lower) && Number.isFinite(upper) ? { value, interval: [lower, upper] } : { value };
}

function titleOf(result: SensitivityResult): string {
  return `What drives ${legible(outputText(result.output), NAME_WIDTH)}: ${subjectOf(result)}`;
}

function sentences(result: SensitivityResult, one: string, many: string): readonly string[] {
  const { samples, wanted, points, runs, seed, confidence, forkBlock, of, parameters = {}, cut, method } = result;
  const set = Object.entries(parameters).map(([name, value]) => `${legible(name, NAME_WIDTH)} ${value}`);
  const what = samples === 1 ? `1 ${one}` : `${samples.toLocaleString("en-US")} ${many}`;
  return [
    `${method === "morris" ? "Morris" : "Saltelli"}, ${what}, ${count(points.length, "point")} of ${count(runs, "run")}, seed ${seed}, block ${forkBlock}. Whiskers: ${formatProbability(confidence)} bootstrap intervals.`,
    `Varied: ${of.map((axis) => `${axisName(axis)} from ${axis.range[0]} to ${axis.range[1]}`).join("; ")}.${set.length === 0 ? "" : ` At every point: ${set.join(", ")}.`}`,
    ...(cut === undefined
      ? []
      : [
          `Stopped by ${cut === "interrupted" ? "an interruption" : "the time limit"}, after ${what} of ${wanted.toLocaleString("en-US")}.`,
        ]),
  ];
}
