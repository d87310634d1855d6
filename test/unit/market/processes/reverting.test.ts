import type { RevertingOptions } from "../../../../src/market/index.js";

import { expect } from "chai";

import { gbm, reverting } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { PPM } from "../../../../src/quantity/ppm.js";
import { failsWith } from "../../../helpers/errors.js";

const DAY = 86_400;
const PATHS = 4_000;

/** Logarithms of the level after the last block, relative to the start, of many paths. */
function ends(options: RevertingOptions, blocks: number, blockTime = DAY): readonly number[] {
  const random = createRandom(1);
  const process = reverting(options);
  return Array.from({ length: PATHS }, () =>
    process.sample({ blocks, blockTime, random }).reduce((level, change) => level + Math.log1p(change / PPM), 0),
  );
}

describe("reverting", () => {
  it("has the mean and the variance of an Ornstein-Uhlenbeck process after any time", () => {
    const [volatility, reversion, longRun] = [1.5, 20, 2];
    const days = 15;
    const found = ends({ volatility, reversion, longRun }, days);
    const kept = Math.exp((-reversion * days) / 365);
    const variance = (volatility ** 2 / (2 * reversion)) * (1 - kept ** 2);
    const mean = found.reduce((sum, value) => sum + value, 0) / PATHS;
    const spread = found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (PATHS - 1);
    // four standard errors
    expect(mean).to.be.closeTo(Math.log(longRun) * (1 - kept), 4 * Math.sqrt(variance / PATHS));
    expect(spread).to.be.closeTo(variance, 4 * variance * Math.sqrt(2 / PATHS));
  });

  it("is exact at block times: two half days have the law of a day", () => {
    const at = (blockTime: number): number =>
      ends({ volatility: 2, reversion: 300 }, DAY / blockTime, blockTime).reduce((sum, end) => sum + end ** 2, 0) /
      PATHS;
    const variance = (4 / 600) * (1 - Math.exp(-600 / 365));
    for (const blockTime of [DAY, DAY / 2, DAY / 24]) expect(at(blockTime)).to.be.closeTo(variance, 0.09 * variance);
  });

  it("without a pull to speak of, moves as gbm does on the same noise", () => {
    const drift = 0.8 ** 2 / 2;
    const slow = reverting({ volatility: 0.8, reversion: 1e-6 });
    const context = (): { blocks: number; blockTime: number; random: ReturnType<typeof createRandom> } => ({
      blocks: 30,
      blockTime: DAY,
      random: createRandom(5),
    });
    const expected = gbm({ volatility: 0.8, drift }).sample(context());
    for (const [index, change] of slow.sample(context()).entries()) expect(change).to.be.closeTo(expected[index]!, 2);
  });

  it("refuses what is out of range", async () => {
    await failsWith("INVALID_OPTION", () => reverting({ volatility: -1, reversion: 1 }));
    await failsWith("INVALID_OPTION", () => reverting({ volatility: 1, reversion: 0 }));
    await failsWith("INVALID_OPTION", () => reverting({ volatility: 1, reversion: 1, longRun: 0 }));
    await failsWith("INVALID_OPTION", () => reverting({ volatility: 1, reversion: 1, speed: 2 } as never));
  });
});
