import { expect } from "chai";

import { bleed, gbm, path, shock } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { failsWith } from "../../../helpers/errors.js";

const YEAR = 31_536_000;

describe("gbm", () => {
  it("has the mean and the variance of its log returns", () => {
    const blockTime = YEAR / 365;
    const sample = gbm({ volatility: 0.8, drift: 0.1 }).sample({ blocks: 200_000, blockTime, random: createRandom(1) });
    const returns = sample.map((change) => Math.log1p(change / 1e6));
    const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / returns.length;
    const dt = 1 / 365;
    // five standard errors of each estimate
    expect(Math.abs(mean - (0.1 - 0.32) * dt)).to.be.lessThan(5 * Math.sqrt((0.64 * dt) / returns.length));
    expect(Math.abs(variance / (0.64 * dt) - 1)).to.be.lessThan(5 * Math.sqrt(2 / returns.length));
  });

  it("is the same for the same seed, and differs between seeds", () => {
    const draw = (seed: number): readonly number[] =>
      gbm({ volatility: 0.8 }).sample({ blocks: 20, blockTime: 12, random: createRandom(seed) });
    expect(draw(7)).to.deep.equal(draw(7));
    expect(draw(7)).to.not.deep.equal(draw(8));
  });

  it("refuses an invalid volatility", async () => {
    await failsWith("INVALID_OPTION", () => gbm({ volatility: -0.1 }));
    await failsWith("INVALID_OPTION", () => gbm({ volatility: Number.NaN }));
  });
});

describe("shock", () => {
  it("falls once, by at most its size, inside its window, and by all of it in about half of the runs", () => {
    let whole = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const changes = shock({ drop: 0.4, between: [3, 9], over: 2 }).sample({
        blocks: 30,
        blockTime: 12,
        random: createRandom(seed),
      });
      const blocks = changes.flatMap((change, index) => (change === 0 ? [] : [index + 1]));
      const fall = 1 - changes.reduce((price, change) => price * (1 + change / 1e6), 1);
      expect(fall).to.be.at.most(0.400002);
      if (fall > 0.39999) whole += 1;
      if (blocks.length > 0) {
        expect(blocks[0]).to.be.at.least(3);
        expect(blocks.at(-1)).to.be.at.most(10);
      }
    }
    expect(whole).to.be.greaterThan(430).and.lessThan(570);
  });

  it("refuses an invalid fall", async () => {
    await failsWith("INVALID_OPTION", () => shock({ drop: 1 }));
    await failsWith("INVALID_OPTION", () => shock({ drop: 0.1, between: [9, 3] }));
    await failsWith("INVALID_OPTION", () => shock({ drop: 0.1, over: 1.5 }));
  });
});

describe("path", () => {
  it("reaches each of its prices", () => {
    const prices = [1999.5, 1700, 1234.567, 1234.567, 2500];
    let price = 2000;
    const changes = path(prices, 2000).sample({ blocks: 30, blockTime: 12, random: createRandom(1) });
    for (const [index, change] of changes.entries()) {
      price *= 1 + change / 1e6;
      expect(price).to.be.closeTo(prices[index] ?? 0, 0.01);
    }
    expect(changes).to.have.length(5);
  });

  it("refuses an invalid price", async () => {
    await failsWith("INVALID_OPTION", () => path([1900, 0], 2000));
  });
});

describe("bleed", () => {
  const slow = bleed({ drop: 0.5, over: 40 });

  it("falls a little in each of its blocks, and by no more than its size in total", () => {
    for (let seed = 0; seed < 100; seed++) {
      const changes = slow.sample({ blocks: 60, blockTime: 12, random: createRandom(seed) });
      const fall = 1 - changes.reduce((price, change) => price * (1 + change / 1e6), 1);
      expect(fall).to.be.at.most(0.5 + 1e-4);
      expect(Math.max(...changes.map(Math.abs))).to.be.at.most(slow.pace ?? 0);
    }
  });

  it("keeps its pace: the 40th root of a half", () => {
    expect(slow.pace).to.equal(Math.round((1 - 0.5 ** (1 / 40)) * 1e6));
    // a sudden fall may be steeper
    expect(shock({ drop: 0.5, over: 40 }).pace).to.equal(undefined);
  });

  it("takes more than one block", async () => {
    await failsWith("INVALID_OPTION", () => bleed({ drop: 0.5, over: 1 }));
    await failsWith("INVALID_OPTION", () => bleed({ drop: 1, over: 5 }));
  });
});
