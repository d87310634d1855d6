import { expect } from "chai";

import { aaveV3Market } from "../../../../src/protocols/aave-v3/market.js";
import { DEBTOR, dollars, ether, lendingView, USDC, WETH } from "../../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
/** Health factor 0.99 at 1,900. */
const market = { price: 1_900, pool, debtor: { supplied: 100, owed: 158_500 }, self: { supplied: 1 } };

describe("an Aave V3 market as a lending market", () => {
  it("liquidates as the pool does: half of a debt, for collateral plus bonus", () => {
    const view = lendingView(market);
    const lending = aaveV3Market(view);
    const position = lending.positions.find(({ account }) => account === DEBTOR)!;
    expect(position.healthFactor).to.be.closeTo((100 * 1_900 * 0.825) / 158_500, 1e-6);
    expect(position.collateral).to.deep.equal([{ token: WETH, amount: ether(100) }]);
    const [option, ...others] = lending.liquidations(position);
    expect(others).to.deep.equal([]);
    expect([option!.debt, option!.collateral]).to.deep.equal([USDC, WETH]);
    expect(option!.maxRepay).to.equal(dollars(79_250));
    const [collateral, debt] = view.reserves;
    const { paid, received } = view.liquidation(view.accounts.get(DEBTOR)!, collateral!, debt!, dollars(1_000))!;
    expect(option!.amounts(dollars(1_000))).to.deep.include({ paid, received });
    expect(option!.liquidate(dollars(1_000), DEBTOR)).to.deep.equal(
      view.liquidationCall(WETH.address, USDC.address, DEBTOR, dollars(1_000)),
    );
  });

  it("reports no health factor while it has no price", () => {
    const view = lendingView(market);
    const account = { ...view.accounts.get(DEBTOR)!, healthFactor: 2n ** 256n - 1n };
    const blind = { ...view, accounts: new Map([[DEBTOR, account]]), prices: new Map<string, bigint>() };
    const [position] = aaveV3Market(blind).positions;
    expect(position!.healthFactor).to.equal(undefined);
    expect(aaveV3Market(blind).price(WETH.address)).to.equal(undefined);
    expect(aaveV3Market(blind).liquidations(position!)).to.deep.equal([]);
  });
});
