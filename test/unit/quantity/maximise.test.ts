import { expect } from "chai";
import * as fc from "fast-check";

import { amountOut } from "../../../src/protocols/uniswap-v2/math.js";
import { maximise } from "../../../src/quantity/maximise.js";
import { optimalAmountIn } from "../../helpers/optimal-amount-in.js";

const PLENTY = 10n ** 30n;

describe("maximise", () => {
  it("finds the most profitable trade on a constant-product pool, as its closed form does, to 1e-6", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 21n, max: 10n ** 24n }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.constantFrom(10n ** 12n, 1n),
        (reserveIn, gap, decimals) => {
          // 2,000 of a token of 6 (or 18) decimals for one of 18, and a fair price below that
          const reserveOut = (reserveIn * 2_000n) / decimals;
          const price = Number(reserveOut) / Number(reserveIn) / (1.01 + gap);
          const profit = (amount: bigint): number =>
            Number(amountOut(amount, reserveIn, reserveOut)) - Number(amount) * price;
          const best = maximise(profit, PLENTY);
          expect(Number(best) / Number(optimalAmountIn(reserveIn, reserveOut, price))).to.be.closeTo(1, 1e-6);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("stops at the largest amount, and at the smallest", () => {
    expect(maximise((amount) => Number(amount), 12_345n)).to.equal(12_345n);
    expect(maximise((amount) => -Number(amount), PLENTY)).to.equal(1n);
    expect(maximise((amount) => Number(amount), 0n)).to.equal(0n);
  });

  it("finds a kink, which has no slope to follow", () => {
    const kink = 777_777_777n;
    for (const decline of [1n, 8n, 10n]) {
      const value = (amount: bigint): number =>
        Number(amount < kink ? amount : kink - ((amount - kink) * decline) / 10n);
      expect(Number(maximise(value, PLENTY)) / Number(kink)).to.be.closeTo(1, 2e-4);
    }
  });
});
