import { expect } from "chai";
import fc from "fast-check";

import { bestLiquidation } from "../../../../src/protocols/morpho-blue/market.js";
import {
  liquidationIncentiveFactor,
  liquidationOfShares,
  maxBorrow,
  toAssetsUp,
  WAD,
} from "../../../../src/protocols/morpho-blue/math.js";

const usdc = (amount: number): bigint => BigInt(Math.round(amount * 1e6));

describe("Morpho Blue's arithmetic", () => {
  it("raises the liquidation bonus as the LLTV falls, up to 15 %", () => {
    // 1 / (1 - 0.3 (1 - LLTV)), by hand
    const factors = [
      [945, 1.0168],
      [915, 1.0262],
      [860, 1.0438],
      [770, 1.0741],
      [625, 1.1268],
      [385, 1.15],
    ] as const;
    for (const [lltv, factor] of factors) {
      const computed = Number(liquidationIncentiveFactor((BigInt(lltv) * WAD) / 1000n)) / 1e18;
      expect(computed, `LLTV ${String(lltv / 10)} %`).to.be.closeTo(factor, 1e-4);
    }
  });

  it("never takes more than is offered, owed or available", () => {
    const amount = (most: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 1n, max: most });
    fc.assert(
      fc.property(
        amount(usdc(1e9)),
        amount(10n ** 24n),
        // a share of the market's debt, and of how far its shares have gained value
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        amount(usdc(2e9)),
        amount(10_000n),
        (debt, collateral, share, interest, repay, dollars) => {
          const borrowShares = debt * 1_000_000n;
          const borrowed = {
            assets: ((debt * 1_000n) / BigInt(share)) * (1n + BigInt(interest) / 500n) + 1n,
            shares: (borrowShares * 1_000n) / BigInt(share),
          };
          const terms = { price: dollars * 10n ** 24n, lltv: (86n * WAD) / 100n, borrowed, borrowShares, collateral };
          const owed = toAssetsUp(borrowShares, borrowed);
          const liquidation = bestLiquidation(terms, repay);
          if (liquidation === undefined) return;
          const { repaid, repaidShares, seized, badDebt } = liquidation;
          expect(repaid <= repay, "offered").to.equal(true);
          expect(repaidShares <= borrowShares && repaid <= owed, "owed").to.equal(true);
          expect(seized <= collateral, "there").to.equal(true);
          // what is written off is the remaining debt, and only once no collateral is left
          expect(seized === collateral || badDebt === 0n).to.equal(true);
        },
      ),
    );
  });

  it("repays a debt in full if the offer suffices and the collateral covers it", () => {
    const borrowed = { assets: usdc(1_000_000), shares: usdc(1_000_000) * 1_000_000n };
    const terms = {
      price: 1_880n * 10n ** 24n,
      lltv: (86n * WAD) / 100n,
      borrowed,
      borrowShares: usdc(165_000) * 1_000_000n,
      collateral: 100n * WAD,
    };
    expect(maxBorrow(terms.collateral, terms.price, terms.lltv)).to.equal(usdc(161_680));
    expect(bestLiquidation(terms, usdc(165_000))).to.deep.equal(liquidationOfShares(terms.borrowShares, terms));
    expect(bestLiquidation(terms, usdc(164_999.999999))!.repaidShares < terms.borrowShares).to.equal(true);
    expect(bestLiquidation(terms, 1n)).to.equal(undefined);
    // at 1,500 dollars the collateral covers less than the debt: all of it is seized, and the rest is bad debt
    const poor = { ...terms, price: 1_500n * 10n ** 24n };
    const { seized, repaid, badDebt } = bestLiquidation(poor, usdc(165_000))!;
    expect([seized, badDebt]).to.deep.equal([terms.collateral, usdc(165_000) - repaid]);
    expect(Number(repaid) / 1e6).to.be.closeTo(150_000 * (1 - 0.3 * 0.14), 1e-5);
  });
});
