import { expect } from "chai";

import { createRandom, mixSeeds } from "../../../src/market/random.js";
import { arrivalsOf } from "../../../src/order-flow/calibration/arrivals.js";
import { fitHawkesArrivals } from "../../../src/order-flow/calibration/hawkes-arrivals.js";
import { sizesOf } from "../../../src/order-flow/calibration/sizes.js";
import { simulatedTimes } from "../../helpers/simulated-flow.js";

const REPETITIONS = 1_000;

/** 95 %, less three errors of the share of so many repetitions. */
const LEAST = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / REPETITIONS);

type Interval = readonly [lower: number, upper: number];

/** The share of repetitions in which each interval contains the truth. */
function coverage(
  truth: Readonly<Record<string, number>>,
  intervalsOf: (seed: number) => Readonly<Record<string, Interval>> | undefined,
): Readonly<Record<string, number>> {
  const inside = Object.fromEntries(Object.keys(truth).map((name) => [name, 0]));
  for (let index = 0; index < REPETITIONS; index++) {
    // what could not be estimated contains nothing
    const intervals = intervalsOf(mixSeeds(31, index)) ?? {};
    for (const [name, value] of Object.entries(truth)) {
      const [lower, upper] = intervals[name] ?? [Infinity, -Infinity];
      if (lower <= value && value <= upper) inside[name]! += 1 / REPETITIONS;
    }
  }
  if (process.env.SIEGE_PRINT) console.log(inside);
  return inside;
}

describe("the intervals of calibrated order flow contain the truth in 95 % of 1,000 repetitions", () => {
  it("of the rate of arrivals", () => {
    const found = coverage({ rate: 0.05 }, (seed) => {
      const times = simulatedTimes({ base: 0.05, excitation: 0, memory: 60 }, 600, seed);
      return { rate: arrivalsOf(times, [[0, 600]], { blockTime: 0, seed }).rate.interval };
    });
    expect(found.rate).to.be.at.least(LEAST);
  });

  it("of the median and the deviation of sizes", () => {
    const found = coverage({ median: 1_000, deviation: 1.2 }, (seed) => {
      const random = createRandom(seed);
      const { median, deviation } = sizesOf(Array.from({ length: 60 }, () => 1_000 * Math.exp(1.2 * random.normal())));
      return { median: median.interval, deviation: deviation.interval };
    });
    for (const [name, share] of Object.entries(found)) expect(share, name).to.be.at.least(LEAST);
  });

  it("of a Hawkes process", () => {
    const truth = { base: 0.05, excitation: 0.6, memory: 60 };
    const found = coverage(truth, (seed) => {
      const fit = fitHawkesArrivals(simulatedTimes(truth, 30_000, seed), [[0, 30_000]]);
      return fit && { base: fit.base.interval, excitation: fit.excitation.interval, memory: fit.memory.interval };
    });
    for (const [name, share] of Object.entries(found)) expect(share, name).to.be.at.least(LEAST);
  });
});
