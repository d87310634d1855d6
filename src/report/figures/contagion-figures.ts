import type { ContagionResult } from "../../risk/contagion/contagion-result.js";
import type { Exposure } from "../../risk/contagion/exposures.js";
import type { Estimate } from "../../risk/intervals/interval.js";
import type { Figure } from "./figure.js";
import type { TornadoValue } from "./tornado.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { amountText } from "../estimate-text.js";
import { count } from "../lines.js";

import { contagionGraph } from "./contagion-graph.js";
import { subjectOf } from "./subject.js";
import { tornado } from "./tornado.js";

/**
 * The figures of contagion: `contagion`, the graph of who loses by whose failure, and `exposures`, the entries of the matrix with intervals,
 * largest first. Need the package echarts.
 *
 * @param result - of `siege.contagion(...)`, or as `siege contagion --json` wrote it
 * @returns none if fewer than two paths were complete
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 */
export async function contagionFigures(result: ContagionResult): Promise<readonly Figure[]> {
  const { matrix, protocols } = result;
  if (matrix.length === 0) return [];
  const subject = subjectOf(result);
  const about = sentences(result);
  return [
    {
      name: "contagion",
      svg: await contagionGraph({ title: `Who loses by whose failure: ${subject}`, about, protocols, matrix }),
    },
    {
      name: "exposures",
      svg: await tornado({
        title: `What is lost given that a protocol fails: ${subject}`,
        about: ["Loss: the mean of the largest of each path; added: that less what is lost without a shock.", ...about],
        axis: "US dollars",
        numbers: ["added by the shock", "loss with it"],
        rows: matrix
          .toSorted((one, other) => other.added.value - one.added.value)
          .map(({ from, to, added, loss }) => ({
            name: edgeName({ from, to }),
            values: [valueOf(added), valueOf(loss)],
          })),
      }),
    },
  ];
}

function sentences(result: ContagionResult): readonly string[] {
  const { amplification: amplified, paths, wanted, seed, confidence, blocks, forkBlock, at, tolerance, cut } = result;
  const { factor } = amplified ?? {};
  const set = Object.entries(result.parameters ?? {}).map(([name, value]) => `${legible(name, NAME_WIDTH)} ${value}`);
  return [
    `${count(paths, "path")} of ${count(blocks, "block")}, the same with and without shocks, which happen in block ${at}; losses above ${amountText(tolerance, "USD")}. Seed ${seed}, block ${forkBlock}. Intervals: Student's t of paired paths, ${formatProbability(confidence)}.`,
    ...(factor === undefined
      ? []
      : [
          `All together they lose ${factor.value.toLocaleString("en-US", { maximumSignificantDigits: 4 })} times what each loses alone, in sum.`,
        ]),
    ...(set.length === 0 ? [] : [`With ${set.join(", ")}.`]),
    ...(cut === undefined
      ? []
      : [`Stopped by ${cut === "interrupted" ? "an interruption" : "the time limit"}, of ${count(wanted, "path")}.`]),
  ];
}

function edgeName({ from, to }: Pick<Exposure, "from" | "to">): string {
  return from === to
    ? `${legible(from, NAME_WIDTH)} itself`
    : `${legible(from, NAME_WIDTH)} -> ${legible(to, NAME_WIDTH)}`;
}

function valueOf({ value, interval: { lower = NaN, upper = NaN } }: Estimate): TornadoValue {
  return Number.isFinite(lower) && Number.isFinite(upper) ? { value, interval: [lower, upper] } : { value };
}
