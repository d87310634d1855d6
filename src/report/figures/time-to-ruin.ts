import type { ProbabilityInterval } from "../../risk/intervals/interval.js";
import type { RuinResult } from "../../risk/ruin/ruin-result.js";

import { seconds as span } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { formatProbability } from "../../quantity/probability.js";
import { clopperPearson } from "../../risk/intervals/clopper-pearson.js";
import { pathSequence } from "../../risk/ruin/path-sequence.js";

import { draw } from "./draw.js";
import { BAND, VERMILION } from "./palette.js";
import { ruinSentences } from "./ruin-sentences.js";
import { lineThrough, shapeSeries, textAt } from "./shapes.js";
import { subjectOf } from "./subject.js";

/** From a block on, the share of the paths that are ruined. */
interface Stage {
  readonly block: number;
  readonly value: number;
  readonly interval: ProbabilityInterval;
}

/** How likely ruin is by each block of the horizon. */
export function timeToRuinFigure(result: RuinResult): Promise<string> {
  const { blocks, blockTime, confidence, timeToRuin } = result;
  const stages = stagesOf(result);
  const level = formatProbability(confidence);
  const median = timeToRuin.find((one) => one.level === 0.5);
  // ruin in the last block is to be seen, too
  const end = blocks + Math.max(0.5, blocks / 50);
  const most = Math.max(...stages.map(({ interval }) => interval.upper));
  const share = stages.at(-1)?.value ?? 0;
  return draw({
    title: `How likely ruin is by each block: ${subjectOf(result)}`,
    about: [
      ...ruinSentences(result),
      `The band is the ${level} interval at each block on its own.${median === undefined ? "" : ` Given ruin, its median is at block ${median.blocks.value}, after ${format(span(median.seconds.value))}.`}`,
    ],
    height: 320,
    left: 84,
    // the share at the horizon
    right: 70,
    legend: [
      { name: RUINED, icon: "rect", itemStyle: { color: VERMILION } },
      { name: INTERVAL, icon: "rect", itemStyle: { color: BAND } },
    ],
    xAxis: {
      type: "value",
      name: `block (of ${format(span(blockTime))})`,
      min: 0,
      max: end,
      minInterval: 1,
      axisLabel: { showMaxLabel: false },
    },
    yAxis: {
      type: "value",
      name: "probability of ruin (%)",
      min: 0,
      axisLabel: { formatter: (percent: number) => percent.toLocaleString("en-US", { maximumSignificantDigits: 6 }) },
    },
    series: [
      shapeSeries({ name: INTERVAL, within: [[0, 100 * most]], layer: 1, color: BAND }, (place) => {
        const upper = steps(stages, end, ({ interval }) => interval.upper);
        const lower = steps(stages, end, ({ interval }) => interval.lower);
        return [
          lineThrough(
            [...upper, ...lower.toReversed()].map(([x, y]) => place(x, y)),
            { fill: BAND },
          ),
        ];
      }),
      shapeSeries({ name: RUINED, within: [[end, 100 * most]], layer: 2, color: VERMILION }, (place) => [
        lineThrough(
          steps(stages, end, ({ value }) => value).map(([x, y]) => place(x, y)),
          { stroke: VERMILION, width: 2 },
        ),
        textAt(beside(place(end, 100 * share)), formatProbability(share), { align: "left" }),
      ]),
    ],
  });
}

function beside([x, y]: readonly [number, number]): readonly [number, number] {
  return [x + 6, y];
}

const RUINED = "ruined by this block";
const INTERVAL = "interval";

/** Where the share changes. */
function stagesOf({ ruined, paths, confidence, wanted, probability }: RuinResult): readonly Stage[] {
  const blocks = [...new Set(ruined.map(({ block }) => block))].sort((a, b) => a - b);
  return [0, ...blocks].map((block) => {
    const successes = ruined.filter((path) => path.block <= block).length;
    const trials = { successes, trials: paths };
    const interval =
      probability.interval.method === "Clopper-Pearson"
        ? clopperPearson(trials, confidence)
        : pathSequence(trials, { confidence, wanted });
    return { block, value: successes / paths, interval };
  });
}

/** A line that is level between stages. Percent. */
function steps(
  stages: readonly Stage[],
  end: number,
  number: (stage: Stage) => number,
): readonly (readonly [block: number, percent: number])[] {
  return stages.flatMap((stage, index) => {
    const next = stages[index + 1]?.block ?? end;
    return [[stage.block, 100 * number(stage)] as const, [next, 100 * number(stage)] as const];
  });
}
