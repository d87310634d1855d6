import { expect } from "chai";

import { arithmeticAsianPrice, blackScholes, geometricAsianPrice } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";

const CALL = {
  type: "call",
  spot: 100,
  strike: 100,
  rate: 0.06,
  dividendYield: 0.03,
  volatility: 0.2,
  expiry: 1,
} as const;
/** Levy 1997, as in QuantLib's tests. */
const PUT = {
  type: "put",
  spot: 90,
  strike: 87,
  dividendYield: 0.06,
  rate: 0.025,
  volatility: 0.13,
  expiry: 11 / 12,
  fixings: 12,
  firstFixing: 0,
} as const;

describe("options on a mean", () => {
  it("are priced in closed form if it is geometric, as Clewlow and Strickland do", () => {
    expect(geometricAsianPrice({ ...CALL, fixings: 10 })).to.be.closeTo(5.3425606635, 5e-11);
  });

  it("are priced by simulation if it is arithmetic, as QuantLib does", () => {
    const { value, error } = arithmeticAsianPrice(PUT, { paths: 20_000 });
    expect(Math.abs(value - 1.6980019214)).to.be.at.most(3 * error);
    // without the control variate it would be 0.019
    expect(error).to.be.lessThan(0.0006);
  });

  it("are ordinary options with one fixing", () => {
    const { price } = blackScholes(CALL);
    expect(geometricAsianPrice({ ...CALL, fixings: 1 })).to.be.closeTo(price, 1e-12);
    const { value, error } = arithmeticAsianPrice({ ...CALL, fixings: 1 }, { paths: 2_000 });
    expect(value).to.be.closeTo(price, 1e-9);
    expect(error).to.be.lessThan(1e-6);
  });

  it("are the same for the same seed, and within their errors for others", () => {
    const { value } = arithmeticAsianPrice(PUT, { paths: 2_000, seed: 3 });
    expect(arithmeticAsianPrice(PUT, { paths: 2_000, seed: 3 }).value).to.equal(value);
    const scores = Array.from({ length: 40 }, (_value, seed) => {
      const found = arithmeticAsianPrice(PUT, { paths: 500, seed });
      return (found.value - 1.6980019214) / found.error;
    });
    const spread = scores.reduce((sum, score) => sum + score ** 2, 0) / scores.length;
    // the mean of 40 squared standard normals is within 1 ± 3 √(2/40)
    expect(spread).to.be.within(0.33, 1.67);
  });

  it("refuse what is out of range", async () => {
    await failsWith("INVALID_OPTION", () => geometricAsianPrice({ ...CALL, fixings: 0 }));
    await failsWith("INVALID_OPTION", () => geometricAsianPrice({ ...CALL, fixings: 4, firstFixing: 2 }));
    await failsWith("INVALID_OPTION", () => arithmeticAsianPrice(PUT, { paths: 1 }));
    await failsWith("INVALID_OPTION", () => arithmeticAsianPrice(PUT, { seed: 0.5 }));
  });
});
