import type { GreeksResult, MeanEstimate } from "../../risk/greeks/greeks-result.js";
import type { Figure } from "./figure.js";
import type { TornadoValue } from "./tornado.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { count } from "../lines.js";

import { subjectOf } from "./subject.js";
import { tornado } from "./tornado.js";

/**
 * The figure of a protocol's Greeks, `greeks`: how its number responds to each thing, and how that response itself changes, largest
 * response first, with intervals. Needs the package echarts.
 *
 * @param result - of `siege.greeks(...)`, or as `siege greeks --json` wrote it
 * @returns none if nothing was complete when it was stopped
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 */
export async function greeksFigures(result: GreeksResult): Promise<readonly Figure[]> {
  const { greeks, output, paths, step, seed, confidence, blocks, forkBlock, parameters = {}, cut } = result;
  if (greeks.length === 0) return [];
  const set = Object.entries(parameters).map(([name, value]) => `${legible(name, NAME_WIDTH)} ${value}`);
  const svg = await tornado({
    title: `How ${legible(output, NAME_WIDTH)} responds: ${subjectOf(result)}`,
    about: [
      "Response: the change for what is named beside each bar; curvature: the change of the response itself for that.",
      `${count(paths, "path")} of ${count(blocks, "block")}, the same in all variants, changed by ${Number((100 * step).toPrecision(4))} % up and down, seed ${seed}, block ${forkBlock}. Whiskers: ${formatProbability(confidence)} intervals by Student's t.`,
      ...(set.length === 0 ? [] : [`Around ${set.join(", ")}.`]),
      ...(cut === undefined
        ? []
        : [`Stopped by ${cut === "interrupted" ? "an interruption" : "the time limit"}: some are missing.`]),
    ],
    axis: `change of ${legible(output, NAME_WIDTH)}`,
    numbers: ["response", "curvature"],
    rows: greeks
      .toSorted((one, other) => Math.abs(other.response.value) - Math.abs(one.response.value))
      .map(({ name, per, response, curvature }) => ({
        name: `${legible(name, NAME_WIDTH)}, ${legible(per, NAME_WIDTH)}`,
        values: [valueOf(response), curvature === undefined ? { value: NaN } : valueOf(curvature)],
      })),
  });
  return [{ name: "greeks", svg }];
}

function valueOf({ value, interval: { lower, upper } }: MeanEstimate): TornadoValue {
  return Number.isFinite(lower) && Number.isFinite(upper) ? { value, interval: [lower, upper] } : { value };
}
