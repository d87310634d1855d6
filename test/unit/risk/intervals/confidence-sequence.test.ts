import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { bernoulliConfidenceSequence } from "../../../../src/risk/intervals/confidence-sequence.js";
import { normalMixtureBound } from "../../../../src/risk/intervals/normal-mixture.js";
import { codeOf } from "../../../helpers/errors.js";

describe("the confidence sequence of a probability", () => {
  // the unit tests of gostevehoward/confseq
  for (const [successes, trials, tightest, lower, upper] of [
    [700, 1_000, 100, 0.651629, 0.745949],
    [15, 50, 50, 0.129556, 0.511896],
    [5, 50, 50, 0.013021, 0.269264],
    [1, 50, 50, 0, 0.13489],
    [1, 2, 50, 0, 1],
    [100, 200, 1, 0.328923, 0.671076],
    [0, 1, 50, 0, 1],
    [1, 1, 50, 0, 1],
  ] as const) {
    it(`is as published for ${successes} of ${trials}, tightest at ${tightest}`, () => {
      const interval = bernoulliConfidenceSequence({ successes, trials }, 0.95, tightest);
      expect(interval.lower).to.be.closeTo(lower, 1e-5);
      expect(interval.upper).to.be.closeTo(upper, 1e-5);
    });
  }

  it("bounds small probabilities, too", () => {
    const { lower, upper } = bernoulliConfidenceSequence({ successes: 0, trials: 100_000 }, 0.95, 50_000);
    expect(lower).to.equal(0);
    // more than the exact one-sided bound of a fixed size, and less than twice that
    const exact = -Math.expm1(Math.log(0.05) / 100_000);
    expect(upper).to.be.within(exact, 2 * exact);
  });

  it("says nothing before the first trial", () => {
    expect(bernoulliConfidenceSequence({ successes: 0, trials: 0 }, 0.95, 100)).to.include({ lower: 0, upper: 1 });
  });

  it("misses at any look in at most 5 % of 2,000 repetitions", () => {
    for (const p of [0.02, 0.3]) {
      let missed = 0;
      for (let seed = 1; seed <= 2_000; seed++) {
        const random = createRandom(seed);
        let successes = 0;
        let missesNow = false;
        for (let trials = 1; trials <= 256 && !missesNow; trials++) {
          if (random.next() < p) successes += 1;
          if (trials % 32 > 0) continue;
          const { lower, upper } = bernoulliConfidenceSequence({ successes, trials }, 0.95, 128);
          missesNow = p < lower || p > upper;
        }
        if (missesNow) missed += 1;
      }
      expect(missed / 2_000, String(p)).to.be.at.most(0.05);
      // it would pass with any width otherwise
      expect(missed, String(p)).to.be.at.least(1);
    }
  });

  it("refuses what is no sample", () => {
    for (const given of [
      { successes: 2, trials: 1 },
      { successes: -1, trials: 1 },
      { successes: 0.5, trials: 1 },
    ]) {
      expect(codeOf(() => bernoulliConfidenceSequence(given, 0.95, 10))).to.equal("INVALID_OPTION");
    }
    for (const confidence of [0, 1, Number.NaN]) {
      expect(codeOf(() => bernoulliConfidenceSequence({ successes: 0, trials: 1 }, confidence, 10))).to.equal(
        "INVALID_OPTION",
      );
    }
    expect(codeOf(() => bernoulliConfidenceSequence({ successes: 0, trials: 1 }, 0.95, 0))).to.equal("INVALID_OPTION");
  });
});

describe("the two-sided normal mixture bound", () => {
  it("is as published", () => {
    expect(normalMixtureBound(100, { error: 0.05, at: 100 })).to.be.closeTo(30.35209, 1e-5);
  });
});
