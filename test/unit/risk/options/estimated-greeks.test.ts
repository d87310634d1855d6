import { expect } from "chai";

import { blackScholes, estimateGreeks } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";

const NAMES = ["price", "delta", "gamma", "vega", "theta", "rho"] as const;

describe("estimateGreeks", () => {
  for (const type of ["call", "put"] as const) {
    const option = { type, spot: 100, strike: 105, expiry: 0.5, rate: 0.05, dividendYield: 0.02, volatility: 0.4 };
    for (const estimator of ["pathwise", "likelihoodRatio", "commonRandomNumbers"] as const) {
      it(`finds the closed forms of a ${type} within three errors: ${estimator}`, () => {
        const exact = blackScholes(option);
        const found = estimateGreeks(option, { estimator, paths: 100_000 });
        for (const name of NAMES) {
          const { value, error } = found[name];
          expect(Math.abs(value - exact[name]), `${name}: ${value} ± ${error}, not ${exact[name]}`).to.be.at.most(
            3 * error,
          );
          // an error so large would hide anything
          expect(error, name).to.be.lessThan(0.05 * Math.abs(exact[name]));
        }
      });
    }
  }

  it("has the smallest errors with the pathwise estimator", () => {
    const option = { type: "call", spot: 100, strike: 105, expiry: 0.5, volatility: 0.4 } as const;
    const errorOf = (estimator: "pathwise" | "likelihoodRatio"): number =>
      estimateGreeks(option, { estimator, paths: 10_000 }).delta.error;
    expect(errorOf("pathwise") * 1.5).to.be.lessThan(errorOf("likelihoodRatio"));
  });

  it("refuses other estimators", async () => {
    const option = { type: "call", spot: 100, strike: 105, expiry: 0.5, volatility: 0.4 } as const;
    await failsWith("INVALID_OPTION", () => estimateGreeks(option, { estimator: "guess" as never }));
    await failsWith("INVALID_OPTION", () => estimateGreeks(option, { estimator: "pathwise", paths: 3 }));
  });
});
