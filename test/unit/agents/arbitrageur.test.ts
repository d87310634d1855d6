import { expect } from "chai";

import { arbitrageur } from "../../../src/agents/arbitrageur.js";
import { failsWith } from "../../helpers/errors.js";
import { USDC, WETH, ask, dollars, ether, poolView } from "../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
const self = { weth: 500, usdc: 1_000_000 };

describe("arbitrageur", () => {
  it("sells ether to a pool that pays too much, as much as pays most", () => {
    const [intent] = ask(arbitrageur(), { price: 1_880, pool, self });
    const [amountIn, minOut, path] = intent!.call.args as [bigint, bigint, readonly string[]];
    expect(path).to.deep.equal([WETH.address, USDC.address]);
    const view = poolView({ pool });
    const profit = (amount: bigint): number =>
      Number(view.amountOut(WETH.address, amount)) / 1e6 - (Number(amount) / 1e18) * 1_880;
    for (let amount = 1; amount <= 500; amount++) {
      // a dollar's millionth is the pool's rounding
      expect(profit(ether(amount / 5))).to.be.at.most(profit(amountIn) + 1e-6);
    }
    expect(Number(minOut)).to.be.closeTo((Number(amountIn) / 1e18) * 1_880 * 1e6, 1);
  });

  it("buys ether where it is cheap, no more than it can pay", () => {
    const [intent] = ask(arbitrageur(), { price: 2_200, pool, self: { usdc: 5_000 } });
    expect(intent!.call.args[0]).to.equal(dollars(5_000));
    expect(intent!.call.args[2]).to.deep.equal([USDC.address, WETH.address]);
  });

  it("leaves a gap alone that the pool's fee or the gas eats up", () => {
    // 0.3 %: what the pool takes
    expect(ask(arbitrageur(), { price: 2_005, pool, self })).to.deep.equal([]);
    const small = { price: 2_010, pool, self };
    expect(ask(arbitrageur(), small)).to.have.length(1);
    expect(ask(arbitrageur(), { ...small, baseFee: 50 })).to.deep.equal([]);
    expect(ask(arbitrageur({ minProfit: 5 }), small)).to.deep.equal([]);
  });

  it("does nothing without capital", () => {
    expect(ask(arbitrageur(), { price: 1_500, pool })).to.deep.equal([]);
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => arbitrageur({ minProfit: -1 }));
    await failsWith("INVALID_OPTION", () => arbitrageur({ minProfits: 1 } as never));
  });
});
