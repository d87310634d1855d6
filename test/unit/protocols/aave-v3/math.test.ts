import { expect } from "chai";

import { closeableDebt, liquidationAmounts } from "../../../../src/protocols/aave-v3/math.js";

const terms = {
  debtToCover: 1_000n * 10n ** 6n,
  debtPrice: 10n ** 8n,
  debtDecimals: 6,
  collateralPrice: 2_000n * 10n ** 8n,
  collateralDecimals: 18,
  collateral: 10n ** 18n,
  bonus: 0.05,
  protocolFee: 0,
};

describe("Aave V3's formulas", () => {
  it("seize the repaid value plus the bonus", () => {
    const seized = 525_000_000_000_000_000n; // 1,000 / 2,000 x 1.05
    expect(liquidationAmounts(terms)).to.deep.equal({ paid: terms.debtToCover, seized, received: seized });
  });

  it("deduct the protocol's share of the bonus", () => {
    // a tenth of 0.025
    const received = 522_500_000_000_000_000n;
    expect(liquidationAmounts({ ...terms, protocolFee: 0.1 })?.received).to.equal(received);
  });

  it("repay less of the debt if the collateral is insufficient", () => {
    const collateral = 105n * 10n ** 15n;
    expect(liquidationAmounts({ ...terms, collateral })).to.deep.equal({
      paid: 200n * 10n ** 6n,
      seized: collateral,
      received: collateral,
    });
  });

  it("are undefined without a price", () => {
    expect(liquidationAmounts({ ...terms, debtPrice: 0n })).to.equal(undefined);
    expect(liquidationAmounts({ ...terms, collateralPrice: 0n })).to.equal(undefined);
  });

  it("have a close factor of one half, and of one at a health factor of 0.95 or less", () => {
    expect(closeableDebt(1_001n, 96n * 10n ** 16n)).to.equal(501n);
    expect(closeableDebt(1_001n, 95n * 10n ** 16n)).to.equal(1_001n);
  });
});
