import type { FlowCalibration } from "../../order-flow/index.js";
import type { Figure } from "./figure.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";

import { quantilePlot } from "./quantile-plot.js";

/**
 * The figures of calibrated order flow, two for each pool: `waits-POOL`, the waits between trades, rescaled by the better process, over the quantiles of the
 * exponential distribution; and `sizes-POOL`, the logarithms of sizes over those of the normal one. Needs the package echarts.
 *
 * @param calibration - of `calibrateFlow`
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 */
export async function flowFigures({ pools, blocks }: FlowCalibration): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, { arrivals, sizes }] of Object.entries(pools)) {
    const [shown, file] = [legible(name, NAME_WIDTH), fileName(name)];
    const about = `${arrivals.events.toLocaleString("en-US")} trades in the blocks ${blocks[0]} to ${blocks[1]}.`;
    figures.push({
      name: `waits-${file}`,
      svg: await quantilePlot({
        title: `Waits between trades on ${shown}`,
        about: [
          `${about} Rescaled by the ${arrivals.better === "hawkes" ? "Hawkes" : "Poisson"} process that was fitted: on the line, it is the one that made them.`,
          distanceText(arrivals.fit),
        ],
        expected: "quantiles of the exponential distribution",
        found: "rescaled waits",
        points: arrivals.quantiles,
      }),
    });
    figures.push({
      name: `sizes-${file}`,
      svg: await quantilePlot({
        title: `Sizes of trades on ${shown}`,
        about: [`${about} Logarithms, less their mean and by their deviation.`, distanceText(sizes.fit)],
        expected: "quantiles of the normal distribution",
        found: "logarithms of sizes",
        points: sizes.quantiles,
      }),
    });
  }
  return figures;
}

function distanceText({
  statistic,
  probability,
}: {
  readonly statistic: number;
  readonly probability: number;
}): string {
  const [distance, p] = [statistic, probability].map((value) => value.toPrecision(2));
  return `Distance of Kolmogorov and Smirnov ${distance}, with a probability of ${p} for a larger one.`;
}

/** A name in letters of a file name. */
function fileName(name: string): string {
  return name.replaceAll(/[^\w-]+/g, "-").slice(0, 60);
}
