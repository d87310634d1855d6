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
  it("seize what was repaid and the bonus", () => {
    const seized = 525_000_000_000_000_000n; // 1,000 / 2,000 x 1.05
    expect(liquidationAmounts(terms)).to.deep.equal({ paid: terms.debtToCover, seized, received: seized });
  });

  it("keep the protocol's part of the bonus", () => {
    // a tenth of 0.025
    const received = 522_500_000_000_000_000n;
    expect(liquidationAmounts({ ...terms, protocolFee: 0.1 })?.received).to.equal(received);
  });

  it("take less of the debt where the collateral does not suffice", () => {
    const collateral = 105n * 10n ** 15n;
    expect(liquidationAmounts({ ...terms, collateral })).to.deep.equal({
      paid: 200n * 10n ** 6n,
      seized: collateral,
      received: collateral,
    });
  });

  it("know nothing without a price", () => {
    expect(liquidationAmounts({ ...terms, debtPrice: 0n })).to.equal(undefined);
    expect(liquidationAmounts({ ...terms, collateralPrice: 0n })).to.equal(undefined);
  });

  it("close one half of a debt, and all of it from a health factor of 0.95 down", () => {
    expect(closeableDebt(1_001n, 96n * 10n ** 16n)).to.equal(501n);
    expect(closeableDebt(1_001n, 95n * 10n ** 16n)).to.equal(1_001n);
  });
});
