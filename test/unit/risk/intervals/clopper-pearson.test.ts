import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { clopperPearson } from "../../../../src/risk/intervals/clopper-pearson.js";
import { codeOf } from "../../../helpers/errors.js";

describe("the Clopper-Pearson interval", () => {
  // scipy 1.17.1, beta.ppf; the lower bound of one success is 1 - (1 - error)^(1/n)
  for (const [successes, trials, confidence, lower, upper] of [
    [0, 500, 0.95, 0, 0.007350610051907784],
    [1, 1_000, 0.95, 2.531748749129404e-5, 0.005558924279826672],
    [5, 20, 0.95, 0.08657146910143461, 0.49104587170795744],
    [3, 1_000_000, 0.95, 6.186725501906401e-7, 8.767247788067677e-6],
    [500_000, 1_000_000, 0.95, 0.49901951919531184, 0.5009804808046882],
    [999_999, 1_000_000, 0.95, 0.9999944283693448, 0.9999999746821924],
    [1, 1_000, 1 - 1e-6, 5.000001248889e-10, 0.01727990526129405],
    [0, 1_000_000, 1 - 1e-10, 0, 2.3718716734550313e-5],
  ] as const) {
    it(`is that of scipy for ${successes} of ${trials.toLocaleString("en-US")} with ${confidence}`, () => {
      const interval = clopperPearson({ successes, trials }, confidence);
      expect(interval.lower).to.be.closeTo(lower, lower * 1e-5);
      expect(interval.upper).to.be.closeTo(upper, upper * 1e-5);
      expect(interval).to.include({ confidence, method: "Clopper-Pearson" });
    });
  }

  it("is everything without a trial, and reaches the end without a failure", () => {
    expect(clopperPearson({ successes: 0, trials: 0 }, 0.95)).to.include({ lower: 0, upper: 1 });
    const all = clopperPearson({ successes: 500, trials: 500 }, 0.95);
    expect(all.upper).to.equal(1);
    expect(all.lower).to.be.closeTo(1 - 0.00735061, 1e-8);
  });

  it("contains the probability at least as often as it says, in 2,000 repetitions", () => {
    for (const [p, trials] of [
      [0.01, 100],
      [0.3185, 200],
    ] as const) {
      const random = createRandom(7);
      let missed = 0;
      for (let repetition = 0; repetition < 2_000; repetition++) {
        let successes = 0;
        for (let trial = 0; trial < trials; trial++) if (random.next() < p) successes += 1;
        const { lower, upper } = clopperPearson({ successes, trials }, 0.95);
        if (p < lower || p > upper) missed += 1;
      }
      expect(missed / 2_000, String(p)).to.be.at.most(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2_000));
    }
  });

  it("refuses what is no sample, and certainty", () => {
    expect(codeOf(() => clopperPearson({ successes: 3, trials: 2 }, 0.95))).to.equal("INVALID_OPTION");
    for (const confidence of [0, 1, -1, 95, Number.NaN]) {
      expect(codeOf(() => clopperPearson({ successes: 1, trials: 2 }, confidence))).to.equal("INVALID_OPTION");
    }
  });
});
