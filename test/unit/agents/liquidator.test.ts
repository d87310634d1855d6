import { expect } from "chai";

import { liquidator } from "../../../src/agents/liquidator.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, DEBTOR, dollars, ether, lendingView, poolView, USDC, WETH } from "../../helpers/market-view.js";

const deep = { weth: 100_000, usdc: 190_000_000 };
const shallow = { weth: 200, usdc: 380_000 };
/** Health factor 0.99. */
const debtor = { supplied: 100, owed: 158_500 };
const self = { usdc: 1_000_000 };

describe("liquidator", () => {
  it("repays half of a debt, in return for collateral, if the pool is deep", () => {
    const [intent] = ask(liquidator(), { price: 1_900, pool: deep, debtor, self });
    expect(intent!.call.function.name).to.equal("liquidationCall");
    expect(intent!.call.args).to.deep.equal([WETH.address, USDC.address, DEBTOR, dollars(79_250), false]);
  });

  it("repays all of it below a health factor of 0.95", () => {
    const [intent] = ask(liquidator(), { price: 1_800, pool: { weth: 100_000, usdc: 180_000_000 }, debtor, self });
    expect(intent!.call.args[3]).to.equal(dollars(158_500));
  });

  it("repays no more than it has", () => {
    const [intent] = ask(liquidator(), { price: 1_900, pool: deep, debtor, self: { usdc: 1_234 } });
    expect(intent!.call.args[3]).to.equal(dollars(1_234));
  });

  it("repays the most profitable amount if the pool is shallow", () => {
    const market = { price: 1_900, pool: shallow, debtor, self };
    const [intent] = ask(liquidator(), market);
    const repaid = intent!.call.args[3] as bigint;
    expect(Number(repaid)).to.be.within(1, Number(dollars(79_249)));
    const lending = lendingView(market);
    const [collateral, debt] = lending.reserves;
    const account = lending.accounts.get(DEBTOR)!;
    const profit = (amount: bigint): number => {
      const { paid, received } = lending.liquidation(account, collateral!, debt!, amount)!;
      return Number(poolView(market).amountOut(WETH.address, received) - paid);
    };
    for (let amount = 50; amount <= 79_250; amount += 50) {
      // two units of the last decimal are rounding
      expect(profit(dollars(amount))).to.be.at.most(profit(repaid) + 2);
    }
  });

  it("stays away if nothing is profitable: healthy positions, expensive gas, a pool below the market's price", () => {
    expect(ask(liquidator(), { price: 2_000, pool: deep, debtor, self })).to.deep.equal([]);
    expect(ask(liquidator(), { price: 1_900, pool: deep, debtor, self, baseFee: 5_000 })).to.deep.equal([]);
    expect(ask(liquidator({ minProfit: 5_000 }), { price: 1_900, pool: deep, debtor, self })).to.deep.equal([]);
    const late = { price: 1_700, oracle: 1_900, pool: { weth: 100_000, usdc: 170_000_000 }, debtor, self };
    expect(ask(liquidator(), late)).to.deep.equal([]);
  });

  it("leaves its own position alone", () => {
    const position = { supplied: 100, owed: 158_500 };
    const market = { price: 1_900, pool: deep, self: { ...self, ...position } };
    expect(ask(liquidator(), market)).to.deep.equal([]);
    expect(ask(liquidator(), { ...market, debtor: position, self })).to.have.length(1);
  });

  it("counts what it is about to sell as sold", () => {
    const market = { price: 1_900, pool: shallow, debtor, start: self };
    const repaid = (held: { readonly weth?: number; readonly usdc: number }): bigint => {
      const [, liquidation] = ask(liquidator(), { ...market, self: held });
      return liquidation!.call.args[3] as bigint;
    };
    const little = repaid({ weth: 0.001, usdc: 999_999 });
    const much = repaid({ weth: 2, usdc: 996_000 });
    // two ether of the 2 % by which the price of the pool may fall
    expect(Number(much)).to.be.within(Number(little) * 0.1, Number(little) * 0.7);
  });

  it("sells what it seized", () => {
    const [intent] = ask(liquidator(), {
      price: 1_900,
      pool: deep,
      self: { weth: 53, usdc: 900_000 },
      start: { weth: 10, usdc: 1_000_000 },
    });
    expect(intent!.call.function.name).to.equal("swapExactTokensForTokens");
    expect(intent!.call.args[0]).to.equal(ether(43));
    expect(intent!.call.args[2]).to.deep.equal([WETH.address, USDC.address]);
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => liquidator({ minProfit: Number.NaN }));
    await failsWith("INVALID_OPTION", () => liquidator({ pools: "pool" } as never));
    await failsWith("INVALID_OPTION", () => liquidator({ lending: [] }));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(liquidator({ lending: "bank" }), { price: 1_900, pool: deep }));
  });
});
