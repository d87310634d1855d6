import { expect } from "chai";

import { bootstrap } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { expectMean, logReturnsOf } from "../../../helpers/estimates.js";

const HOUR = 3_600;

/** Ether in US dollars, every hour from the 12th of March 2020, 00:00 UTC. */
const CRASH = [
  193.31, 185.03, 184.1, 183.08, 181.71, 181.75, 173.8, 171.61, 169.54, 167.97, 132.91, 136.59, 136.99, 135.03, 139.66,
  141.1, 139.35, 141.96, 137.23, 138.37, 128.84, 130.99, 127.26, 107.82, 106.89, 96.62, 111.12, 124.24, 109.7, 116.63,
];

const RETURNS = CRASH.slice(1).map((price, index) => Math.log(price / CRASH[index]!));
const MEAN = RETURNS.reduce((sum, value) => sum + value, 0) / RETURNS.length;

/** The history's own autocovariance, closed to a circle. */
function autocovariance(lag: number): number {
  const products = RETURNS.map((value, index) => (value - MEAN) * (RETURNS[(index + lag) % RETURNS.length]! - MEAN));
  return products.reduce((sum, value) => sum + value, 0) / RETURNS.length;
}

/** Products of the deviations of blocks 1 and 1 + lag, one from each path. */
function productsOf(process: ReturnType<typeof bootstrap>, blocks: number, lag: number): readonly number[] {
  const paths = 30_000;
  const returns = logReturnsOf(process, { blocks, blockTime: HOUR, paths });
  return Array.from({ length: paths }, (_value, path) => {
    const first = returns[path * blocks] ?? 0;
    return (first - MEAN) * ((returns[path * blocks + lag] ?? 0) - MEAN);
  });
}

describe("bootstrap", () => {
  it("has the mean and the variance of the history, and its autocovariances times (1 - 1/stretch)^lag", () => {
    const process = bootstrap({ prices: CRASH, spacing: HOUR, stretch: 4 });
    expectMean(logReturnsOf(process, { blocks: 1, blockTime: HOUR, paths: 30_000 }), MEAN, "mean");
    for (const lag of [0, 1, 2, 3]) {
      expectMean(
        productsOf(process, 4, lag),
        autocovariance(lag) * 0.75 ** lag,
        `autocovariance at lag ${String(lag)}`,
      );
    }
  });

  it("takes stretches of one length with fixed lengths", () => {
    const process = bootstrap({ prices: CRASH, spacing: HOUR, stretch: 3, lengths: "fixed" });
    // blocks 1 to 3 are of one stretch, and block 4 of another
    for (const [lag, expected] of [autocovariance(0), autocovariance(1), autocovariance(2), 0].entries()) {
      expectMean(productsOf(process, 4, lag), expected, `autocovariance at lag ${String(lag)}`);
    }
  });

  it("draws nothing but returns of the history, in its order within a stretch", () => {
    const process = bootstrap({ prices: CRASH, spacing: HOUR, stretch: 29, lengths: "fixed" });
    const returns = logReturnsOf(process, { blocks: 29, blockTime: HOUR, paths: 1 });
    const start = RETURNS.findIndex((value) => Math.abs(value - returns[0]!) < 2e-6);
    expect(start).to.be.at.least(0);
    for (const [index, value] of returns.entries()) {
      expect(value).to.be.closeTo(RETURNS[(start + index) % RETURNS.length]!, 2e-6);
    }
  });

  for (const [name, blocks, blockTime] of [
    ["blocks of 12 seconds, of which most have no move", 25, 12],
    ["blocks of two hours and a half, which have two moves or three", 1, 9_000],
  ] as const) {
    it(`has the history's mean over any time: ${name}`, () => {
      const paths = 20_000;
      const process = bootstrap({ prices: CRASH, spacing: HOUR });
      const returns = logReturnsOf(process, { blocks, blockTime, paths });
      const sums = Array.from({ length: paths }, (_value, path) =>
        returns.slice(path * blocks, (path + 1) * blocks).reduce((sum, value) => sum + value, 0),
      );
      expectMean(sums, (MEAN * blocks * blockTime) / HOUR, "mean");
      if (blocks > 1) expect(returns.filter((value) => value !== 0).length / paths).to.be.closeTo(1 / 12, 0.006);
    });
  }

  it("has the history's variance over times that are shorter than its spacing", () => {
    const process = bootstrap({ prices: CRASH, spacing: HOUR });
    const squares = logReturnsOf(process, { blocks: 1, blockTime: 360, paths: 60_000 }).map((value) => value ** 2);
    expectMean(squares, (autocovariance(0) + MEAN ** 2) / 10, "second moment");
  });

  it("refuses a history with too few prices, gaps, zeros or a negative price, by its place", async () => {
    const withPrice = (price: unknown): readonly number[] =>
      CRASH.map((kept, index) => (index === 7 ? (price as number) : kept));
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: CRASH.slice(0, 3), spacing: HOUR }));
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: "CRASH" as never, spacing: HOUR }));
    for (const price of [0, -1, Number.NaN, undefined, "171.61", Infinity]) {
      const { message } = await failsWith("INVALID_OPTION", () =>
        bootstrap({ prices: withPrice(price), spacing: HOUR }),
      );
      expect(message).to.include("prices[7]");
    }
    // eslint-disable-next-line no-sparse-arrays -- what a careless loop leaves
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: [...CRASH.slice(0, 9), , 1] as never, spacing: HOUR }));
  });

  it("refuses other options outside their range", async () => {
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: CRASH, spacing: 0 }));
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: CRASH, spacing: HOUR, stretch: 30 }));
    await failsWith("INVALID_OPTION", () =>
      bootstrap({ prices: CRASH, spacing: HOUR, stretch: 2.5, lengths: "fixed" }),
    );
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: CRASH, spacing: HOUR, lengths: "even" as never }));
    await failsWith("INVALID_OPTION", () => bootstrap({ prices: CRASH, spacing: HOUR, block: 4 } as never));
  });
});
