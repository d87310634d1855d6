import { expect } from "chai";
import * as fc from "fast-check";
import { parseEther } from "viem";

import { amountOut } from "../../../../src/protocols/uniswap-v2/math.js";
import { optimalAmountIn } from "../../../helpers/optimal-amount-in.js";

describe("Uniswap V2's formulas", () => {
  it("pay out what v2-core's own tests expect, to the wei", () => {
    const cases: readonly (readonly [number, number, number, bigint])[] = [
      [1, 5, 10, 1662497915624478906n],
      [1, 10, 5, 453305446940074565n],
      [2, 5, 10, 2851015155847869602n],
      [2, 10, 5, 831248957812239453n],
      [1, 10, 10, 906610893880149131n],
      [1, 100, 100, 987158034397061298n],
      [1, 1000, 1000, 996006981039903216n],
    ];
    for (const [amount, reserveIn, reserveOut, expected] of cases) {
      const [a, b, c] = [amount, reserveIn, reserveOut].map((whole) => parseEther(String(whole)));
      expect(amountOut(a ?? 0n, b ?? 0n, c ?? 0n)).to.equal(expected);
    }
  });

  it("pay out nothing for nothing", () => {
    expect(amountOut(0n, 5n, 5n)).to.equal(0n);
    expect(amountOut(5n, 0n, 5n)).to.equal(0n);
  });

  it("give the most profitable trade", () => {
    const reserve = fc.bigInt({ min: 10n ** 9n, max: 10n ** 14n });
    fc.assert(
      fc.property(reserve, reserve, fc.double({ min: 0.3, max: 3, noNaN: true }), (reserveIn, reserveOut, gap) => {
        const price = (Number(reserveOut) / Number(reserveIn)) * gap;
        const best = optimalAmountIn(reserveIn, reserveOut, price);
        const profit = (amount: bigint): number =>
          Number(amountOut(amount, reserveIn, reserveOut)) - Number(amount) * price;
        // no amount on a fine grid beats it by more than the rounding of one base unit
        for (let step = 0; step <= 400; step++) {
          const amount = (reserveIn * BigInt(step)) / 200n;
          expect(profit(amount)).to.be.at.most(profit(best) + 2 + 2 * price);
        }
        if (gap > 1) expect(best).to.equal(0n);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
