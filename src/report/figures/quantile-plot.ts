import { draw, GAP } from "./draw.js";
import { BLUE, INK } from "./palette.js";
import { lineThrough, shapeSeries } from "./shapes.js";

/** Quantiles of a sample beside those of a distribution. */
interface QuantilePlot {
  readonly title: string;
  readonly about: readonly string[];
  readonly expected: string;
  readonly found: string;
  readonly points: readonly (readonly [expected: number, found: number])[];
}

/** Draws quantiles of a sample over those of a distribution: on the line, the sample is of the distribution. */
export function quantilePlot({ title, about, expected, found, points }: QuantilePlot): Promise<string> {
  const all = points.flat();
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return draw({
    title,
    about,
    height: 420,
    left: 80,
    xAxis: { type: "value", name: expected, boundaryGap: GAP, scale: true },
    yAxis: { type: "value", name: found, boundaryGap: GAP, scale: true },
    series: [
      shapeSeries(
        {
          name: "the same",
          within: [
            [least, least],
            [most, most],
          ],
          layer: 1,
        },
        (place) => [lineThrough([place(least, least), place(most, most)], { stroke: INK, dash: [4, 4] })],
      ),
      {
        type: "scatter",
        name: "quantiles",
        data: points.map(([x, y]) => [x, y]),
        symbolSize: 5,
        itemStyle: { color: BLUE },
      },
    ],
  });
}
