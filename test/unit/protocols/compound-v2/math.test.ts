import { expect } from "chai";
import * as fc from "fast-check";

import { compoundV2ErrorCode } from "../../../../src/protocols/compound-v2/calls.js";
import {
  costOf,
  MANTISSA,
  mostFor,
  nextExchangeRate,
  seizedAmounts,
} from "../../../../src/protocols/compound-v2/math.js";

const terms = {
  incentive: 1_300_000_000_000_000_000n,
  borrowedPrice: 2n * MANTISSA,
  collateralPrice: 1_420_000_000_000_000_000n,
  exchangeRate: 2n * MANTISSA,
};

/** Rates between that of a token with 6 decimals and that of one after a donation. */
const rate = fc.bigInt({ min: 10n ** 14n, max: 10n ** 40n });
const few = fc.bigInt({ min: 0n, max: 10n ** 12n });

/** The amounts of a liquidation whose borrower has more than enough collateral. */
function seizeTokens(repay: bigint, of: typeof terms): bigint | undefined {
  return seizedAmounts(repay, 10n ** 60n, { ...of, protocolShare: 0n })?.seized;
}

describe("Compound v2's formulas", () => {
  it("seize what Compound's own test expects", () => {
    // compound-protocol, tests/Comptroller/liquidateCalculateAmountSeizeTest.js
    const seized = seizeTokens(2_450_000_000_000_000_000n, terms);
    expect(Number(seized)).to.be.closeTo(2.2429577464788733e18, 1e3);
    // to the base unit: 2.6 / 2.84, rounded down, times 2.45, rounded down
    expect(seized).to.equal(2_242_957_746_478_873_238n);
  });

  it("repay less if the collateral is insufficient, and never seize more than there is", () => {
    fc.assert(
      fc.property(few, fc.bigInt({ min: 0n, max: 10n ** 24n }), rate, (cTokens, repay, exchangeRate) => {
        const all = { ...terms, exchangeRate, protocolShare: 28n * 10n ** 15n };
        const { paid, seized, received } = seizedAmounts(repay, cTokens, all)!;
        expect(seized).to.equal(seizeTokens(paid, all));
        expect(seized <= cTokens).to.equal(true);
        expect(received).to.equal(seized - (seized * 28n) / 1_000n);
        // one more would have been too much, or was not offered
        expect(paid === repay || seizeTokens(paid + 1n, all)! > cTokens).to.equal(true);
      }),
    );
  });

  it("are undefined without a price", () => {
    expect(seizeTokens(1n, { ...terms, borrowedPrice: 0n })).to.equal(undefined);
    expect(seizeTokens(1n, { ...terms, collateralPrice: 0n })).to.equal(undefined);
  });

  it("price dust as the market rounds: the least that mints, and the most that a redemption pays", () => {
    fc.assert(
      fc.property(few, rate, (cTokens, exchangeRate) => {
        const minted = (amount: bigint): bigint => (amount * MANTISSA) / exchangeRate;
        const cost = costOf(cTokens, exchangeRate);
        expect(minted(cost) >= cTokens).to.equal(true);
        expect(cost === 0n || minted(cost - 1n) < cTokens).to.equal(true);
        // redeemUnderlying burns what mint would mint
        const most = mostFor(cTokens, exchangeRate);
        expect(minted(most) <= cTokens).to.equal(true);
        expect(minted(most + 1n) > cTokens).to.equal(true);
      }),
    );
  });

  it("leave the exchange rate of an empty market unchanged", () => {
    const books = { cash: 5n, totalBorrows: 0n, totalReserves: 0n, borrowRatePerBlock: 10n ** 9n, reserveFactor: 0n };
    expect(nextExchangeRate({ ...books, totalSupply: 0n, exchangeRate: 7n })).to.equal(7n);
  });

  it("read the error code from a call's return data", () => {
    expect(compoundV2ErrorCode(`0x${"3".padStart(64, "0")}`)).to.equal(3n);
    expect(compoundV2ErrorCode(`0x${"0".padStart(64, "0")}`)).to.equal(0n);
    expect(compoundV2ErrorCode("0x")).to.equal(0n);
  });
});
