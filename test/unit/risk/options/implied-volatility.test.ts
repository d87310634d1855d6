import { expect } from "chai";

import { blackScholes, impliedVolatility } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";

describe("impliedVolatility", () => {
  it("gives back the volatility of a price, wherever the price has digits of it", () => {
    let compared = 0;
    for (const type of ["call", "put"] as const) {
      for (const volatility of [0.02, 0.2, 0.8, 3, 15]) {
        for (const expiry of [1 / 365 / 24, 0.1, 2]) {
          for (const strike of [20, 60, 95, 100, 104, 180, 900]) {
            const option = { type, spot: 100, strike, expiry, rate: 0.03, dividendYield: 0.01 };
            const { price, vega } = blackScholes({ ...option, volatility });
            // what the rounding of the price leaves open
            const blur = (Number.EPSILON * 100 * Math.max(strike, 100)) / vega;
            if (!(blur < 1e-4 * volatility)) continue;
            compared += 1;
            expect(impliedVolatility({ ...option, price }), JSON.stringify({ ...option, volatility })).to.be.closeTo(
              volatility,
              1e-10 * volatility + blur,
            );
          }
        }
      }
    }
    expect(compared).to.be.greaterThan(100);
  });

  it("keeps its digits far out of the money", () => {
    const option = { type: "call", spot: 100, strike: 250, expiry: 0.1 } as const;
    const { price } = blackScholes({ ...option, volatility: 0.3 });
    expect(price).to.be.lessThan(1e-18);
    expect(impliedVolatility({ ...option, price })).to.be.closeTo(0.3, 1e-9);
  });

  it("says where none exists, with the bounds of the price", async () => {
    const call = { type: "call", spot: 100, strike: 80, expiry: 1 } as const;
    for (const price of [0, 19.99, 20, 100, 101]) {
      const error = await failsWith("NO_IMPLIED_VOLATILITY", () => impliedVolatility({ ...call, price }));
      expect(error.message).to.include("above 20 and below 100");
    }
    await failsWith("NO_IMPLIED_VOLATILITY", () => impliedVolatility({ ...call, type: "put", price: 80 }));
    await failsWith("NO_IMPLIED_VOLATILITY", () => impliedVolatility({ ...call, type: "put", price: 0 }));
  });

  it("refuses a price that is none", async () => {
    const call = { type: "call", spot: 100, strike: 80, expiry: 1 } as const;
    await failsWith("INVALID_OPTION", () => impliedVolatility({ ...call, price: Number.NaN }));
    await failsWith("INVALID_OPTION", () => impliedVolatility({ ...call, price: -1 }));
    await failsWith("INVALID_OPTION", () => impliedVolatility({ ...call, price: 21, volatility: 1 } as never));
  });
});
