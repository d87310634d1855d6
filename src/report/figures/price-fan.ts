import type { PriceFan } from "../../risk/ruin/price-fan.js";
import type { RuinResult } from "../../risk/ruin/ruin-result.js";
import type { Shape } from "./shapes.js";

import { seconds as span } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { formatProbability } from "../../quantity/probability.js";
import { count } from "../lines.js";

import { draw } from "./draw.js";
import { BAND, GREY, INK, VERMILION } from "./palette.js";
import { ruinSentences } from "./ruin-sentences.js";
import { lineThrough, shapeSeries } from "./shapes.js";
import { subjectOf } from "./subject.js";

/** The middle half, darker than what lies around it. */
const DARKER_BAND = "#b4bfcc";

const MEDIAN = "median";
const RUINED = "ruined paths, up to the block of ruin";

/** What the vertical axis shows. */
const AXES = { USD: "price (US dollars)", volatility: "volatility (% a year)", level: "level" } as const;

/** Half of the size of a cross. */
const CROSS = 4;

/** How the price of an asset moves in the paths, and in those that are ruined, up to the block in which they are. */
export function priceFigure(
  result: RuinResult,
  { asset, quote, paths, levels, blocks, quantiles, ruined }: PriceFan,
): Promise<string> {
  // a volatility is drawn in percent
  const scale = quote === "volatility" ? 100 : 1;
  const at = (level: number): readonly (readonly [number, number])[] =>
    blocks.map((block, index) => [block, scale * (quantiles[index]?.[levels.indexOf(level)] ?? NaN)]);
  // from the outermost pair of levels inwards
  const pairs = levels.slice(0, Math.floor(levels.length / 2)).map((level, index) => {
    const other = levels.at(-1 - index) ?? level;
    return {
      name: `${formatProbability(other - level)} of paths`,
      color: index === 0 ? BAND : DARKER_BAND,
      places: [...at(level), ...at(other).toReversed()],
    };
  });
  const lines = ruined.map(({ path, prices }) => {
    const end = result.ruined.find((one) => one.path === path)?.block ?? 0;
    return blocks.flatMap((block, index) => (block <= end ? [[block, scale * (prices[index] ?? NaN)] as const] : []));
  });
  const all = [...pairs.flatMap(({ places }) => places), ...lines.flat()];
  const name = legible(asset, NAME_WIDTH);
  return draw({
    title: `How the ${quote ?? "price"} of ${name} moves: ${subjectOf(result)}`,
    about: [
      ...ruinSentences(result),
      `Bands: where the ${quote ?? "price"} lies in these shares of the first ${count(paths, "path")}, at each block on its own.${lines.length === 0 ? "" : ` Lines: the first ${count(lines.length, "ruined path")} of ${result.ruined.length.toLocaleString("en-US")}, to a cross where a condition first did not hold.`}`,
    ],
    height: 340,
    left: 84,
    legend: [
      ...pairs.map(({ name: pair, color }) => ({ name: pair, icon: "rect", itemStyle: { color } })),
      { name: MEDIAN, icon: "rect", itemStyle: { color: INK } },
      ...(lines.length === 0
        ? []
        : [
            {
              name: RUINED,
              icon: "path://M0,0L10,10M10,0L0,10",
              itemStyle: { color: "none", borderColor: VERMILION, borderWidth: 2 },
            },
          ]),
    ],
    xAxis: {
      type: "value",
      name: `block (of ${format(span(result.blockTime))})`,
      min: 0,
      max: result.blocks,
      minInterval: 1,
    },
    yAxis: {
      type: "value",
      name: `${AXES[quote ?? "USD"]} of ${name}`,
      scale: true,
    },
    series: [
      ...pairs.map(({ name: pair, color, places }) =>
        shapeSeries({ name: pair, within: all, layer: 1, color }, (place) => [
          lineThrough(
            places.map(([x, y]) => place(x, y)),
            { fill: color },
          ),
        ]),
      ),
      shapeSeries({ name: RUINED, within: all, layer: 2, color: VERMILION }, (place) =>
        lines.flatMap((line): readonly Shape[] => {
          const places = line.map(([x, y]) => place(x, y));
          const end = places.at(-1);
          return end === undefined ? [] : [lineThrough(places, { stroke: GREY, width: 0.7 }), ...cross(end)];
        }),
      ),
      shapeSeries({ name: MEDIAN, within: all, layer: 3 }, (place) => [
        lineThrough(
          at(0.5).map(([x, y]) => place(x, y)),
          { stroke: INK, width: 2 },
        ),
      ]),
    ],
  });
}

function cross([x, y]: readonly [number, number]): readonly Shape[] {
  return [-CROSS, CROSS].map((rise) =>
    lineThrough(
      [
        [x - CROSS, y - rise],
        [x + CROSS, y + rise],
      ],
      { stroke: VERMILION, width: 2 },
    ),
  );
}
