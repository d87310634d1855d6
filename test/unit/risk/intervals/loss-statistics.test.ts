import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { bootstrapped, expectedShortfall, mean } from "../../../../src/risk/intervals/bootstrap.js";
import { quantileOf } from "../../../../src/risk/intervals/order-statistics.js";

/** 1 to 100. */
const HUNDRED = Array.from({ length: 100 }, (_value, index) => index + 1);

/** Of n exponential losses of mean 1, ascending. */
function exponential(n: number, seed: number): readonly number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => -Math.log(1 - random.next())).sort((a, b) => a - b);
}

describe("the interval of a quantile", () => {
  it("lies between two ranks of the sample", () => {
    // Binomial(100, 0.5): P(<= 39) = 0.0176, P(<= 40) = 0.0284, P(<= 59) = 0.9716, P(<= 60) = 0.9824
    expect(quantileOf(HUNDRED, 0.5, 0.95)).to.deep.equal({
      value: 50,
      interval: { lower: 40, upper: 61, confidence: 0.95, method: "order statistics" },
    });
  });

  it("is the value that so many are not above", () => {
    expect(quantileOf(HUNDRED, 0.95, 0.95).value).to.equal(95);
    expect(quantileOf(HUNDRED.slice(0, 20), 0.95, 0.95).value).to.equal(19);
  });

  it("is open where the sample is too small", () => {
    // of 50 values, all are below the 95th percentile with a probability of 7.7 %
    const { interval } = quantileOf(HUNDRED.slice(0, 50), 0.95, 0.95);
    expect(interval).to.not.have.property("upper");
    expect(interval.lower).to.equal(44);
    expect(quantileOf([7], 0.5, 0.95).interval).to.not.have.any.keys("lower", "upper");
  });

  it("contains the quantile at least as often as it says, in 2,000 repetitions", () => {
    let missed = 0;
    for (let seed = 1; seed <= 2_000; seed++) {
      const { lower = 0, upper = Infinity } = quantileOf(exponential(120, seed), 0.95, 0.95).interval;
      const quantile = -Math.log(0.05);
      if (quantile < lower || quantile > upper) missed += 1;
    }
    expect(missed / 2_000).to.be.at.most(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2_000));
  });
});

describe("expected shortfall", () => {
  const once = new Uint32Array(100).fill(1);

  it("is the mean of the worst", () => {
    expect(expectedShortfall(0.95)(HUNDRED, once)).to.be.closeTo(98, 1e-9);
    // 2.5 values: 100, 99 and half of 98
    expect(expectedShortfall(0.975)(HUNDRED, once)).to.be.closeTo((100 + 99 + 49) / 2.5, 1e-9);
  });

  it("has the published value for exponential losses, within its interval", () => {
    // E[X | X > q] = q + 1
    const { value, interval } = bootstrapped(exponential(4_000, 3), expectedShortfall(0.95), {
      confidence: 0.95,
      random: createRandom(1),
    });
    const exact = -Math.log(0.05) + 1;
    expect(interval.lower).to.be.below(exact);
    expect(interval.upper).to.be.above(exact);
    expect(value).to.be.within(interval.lower!, interval.upper!);
  });
});

describe("the bootstrap", () => {
  it("gives the same interval for the same seed, and covers a mean about as often as it says", () => {
    const interval = (seed: number) =>
      bootstrapped(exponential(200, seed), mean, { confidence: 0.95, random: createRandom(seed) }).interval;
    expect(interval(5)).to.deep.equal(interval(5));
    let missed = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const { lower = 0, upper = Infinity } = interval(seed);
      if (lower > 1 || upper < 1) missed += 1;
    }
    // approximate: two-sided, three errors of 150 repetitions
    expect(missed / 150).to.be.within(0, 0.05 + 3 * Math.sqrt((0.05 * 0.95) / 150));
  });
});
