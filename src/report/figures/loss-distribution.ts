import type { Unit } from "../../quantity/amount.js";
import type { LossReport } from "../../risk/ruin/losses.js";
import type { RuinResult } from "../../risk/ruin/ruin-result.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { amountText, estimateText } from "../estimate-text.js";
import { count } from "../lines.js";

import { binned } from "./bins.js";
import { draw, WIDTH } from "./draw.js";
import { BLUE, INK, PALE_BLUE } from "./palette.js";
import { ruinSentences } from "./ruin-sentences.js";
import { box, lineThrough, shapeSeries, textAt } from "./shapes.js";
import { subjectOf } from "./subject.js";

/** A line across the plot, with what it is. */
interface Mark {
  readonly at: number;
  readonly text: string;
  readonly dash: readonly number[];
}

/** Dashes of value at risk, by level: lines are told apart without a colour. */
const DASHES = [
  [6, 4],
  [2, 3],
] as const;

/** The widest name in that of the axis. */
const AXIS_NAME = 36;

/** Between texts of marks, which stand above the bars. */
const LINE = 16;

/** The distribution of a loss over the ruined paths, with value at risk over all of them. */
export function lossFigure(result: RuinResult, loss: LossReport): Promise<string> {
  const { unit, kind, condition, givenRuin, atRisk } = loss;
  const text = (value: number): string => amountText(value, unit);
  const values = valuesOf(result, loss);
  const marks: readonly Mark[] = [
    { at: givenRuin.value, text: `mean given ruin ${text(givenRuin.value)}`, dash: [] },
    ...atRisk.map(({ level, valueAtRisk }, index) => ({
      at: valueAtRisk.value,
      text: `VaR ${formatProbability(level)} ${text(valueAtRisk.value)}`,
      dash: DASHES[index] ?? [1, 1],
    })),
  ];
  const bins = binned(values);
  const most = Math.max(...bins.map((bin) => bin.count), 1);
  const end = Math.max(bins.at(-1)?.to ?? 0, ...marks.map(({ at }) => at));
  // room for the texts of the marks
  const top = most * 1.3;
  return draw({
    title: `What is lost if it is ruined, ${legible(kind, NAME_WIDTH)}: ${subjectOf(result)}`,
    about: [
      ...ruinSentences(result),
      `Bars: the ${count(values.length, "path")} with a loss, each with the most after any of its blocks; the other ${count(result.paths - values.length, "path")} lost nothing. Given ruin: mean ${estimateText(givenRuin, text)}, most ${text(loss.most)}. In brackets: ${formatProbability(result.confidence)} intervals.`,
      ...atRisk.map(
        ({ level, valueAtRisk, expectedShortfall }) =>
          `Of all paths: VaR ${formatProbability(level)} ${estimateText(valueAtRisk, text)}, expected shortfall ${estimateText(expectedShortfall, text)}.`,
      ),
    ],
    height: 320,
    left: 84,
    xAxis: {
      type: "value",
      name: `${legible(kind, AXIS_NAME)} (${unitName(unit)}), by ${legible(condition, AXIS_NAME)}`,
      min: 0,
    },
    yAxis: { type: "value", name: "paths", min: 0, minInterval: 1 },
    series: [
      shapeSeries({ name: "paths", within: [[end, top]], layer: 2 }, (place) =>
        bins.flatMap((bin) => {
          if (bin.count === 0) return [];
          const [left, right, foot] = [place(bin.from, bin.count), place(bin.to, bin.count), place(bin.to, 0)];
          const label = textAt([(left[0] + right[0]) / 2, left[1] - 3], bin.count.toLocaleString("en-US"), {
            align: "center",
            vertical: "bottom",
          });
          return [box(left, foot, { fill: PALE_BLUE, stroke: BLUE }), label];
        }),
      ),
      shapeSeries({ name: "marks", within: [[end, top]], layer: 3 }, (place) =>
        marks.flatMap(({ at, text: label, dash }, index) => {
          const [[x, y], foot] = [place(at, top), place(at, 0)];
          const isRight = x > WIDTH * 0.6;
          const line = lineThrough([[x, y + LINE * index], foot], {
            stroke: INK,
            width: 1.5,
            ...(dash.length === 0 ? {} : { dash }),
          });
          const align = isRight ? "right" : "left";
          return [line, textAt([x + (isRight ? -5 : 5), y + LINE * index + 6], label, { align })];
        }),
      ),
    ],
  });
}

/** The loss of each path that has one. */
function valuesOf({ ruined }: RuinResult, { condition, kind, unit }: LossReport): readonly number[] {
  return ruined.flatMap(({ harm }) =>
    harm
      .filter((one) => one.condition === condition && one.kind === kind && nameOf(one.unit) === nameOf(unit))
      .map(({ most }) => most),
  );
}

function nameOf(unit: Unit): string {
  return typeof unit === "string" ? unit : `${unit.symbol} ${unit.decimals}`;
}

function unitName(unit: Unit): string {
  if (typeof unit !== "string") return legible(unit.symbol, NAME_WIDTH);
  return unit === "USD" ? "US dollars" : unit;
}
