import { expect } from "chai";

import { arbitrageur } from "../../../src/agents/arbitrageur.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, dollars, ether, poolView, USDC, venuesOf, WETH } from "../../helpers/market-view.js";
import { optimalAmountIn } from "../../helpers/optimal-amount-in.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
const self = { weth: 500, usdc: 1_000_000 };

describe("arbitrageur", () => {
  it("sells ether to a pool that overpays, in the most profitable size", () => {
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

  it("finds the size of the closed-form solution, to 1e-6", () => {
    for (const price of [1_950, 1_800, 1_500, 1_000]) {
      const [intent] = ask(arbitrageur(), { price, pool, self });
      const [reserveIn, reserveOut] = poolView({ pool }).reservesFrom(WETH.address);
      const exact = optimalAmountIn(reserveIn, reserveOut, (price * 1e6) / 1e18);
      expect(Number(intent!.call.args[0]) / Number(exact)).to.be.closeTo(1, 1e-6);
    }
  });

  it("buys on the cheap venue and sells on the expensive one, with capital in only one token", () => {
    const market = { price: 2_000, pool, pools: { expensive: { weth: 1_000, usdc: 2_200_000 } } };
    const intents = ask(arbitrageur(), { ...market, self: { usdc: 1_000_000 } });
    // ether is fair on the first pool: it pays to sell on the second what was bought on the first
    expect(intents.map(({ call }) => (call.args[2] as readonly string[])[0])).to.deep.equal([
      USDC.address,
      WETH.address,
    ]);
    const [amountIn, bought] = intents[0]!.call.args as [bigint, bigint];
    const [sold, minOut] = intents[1]!.call.args as [bigint, bigint];
    expect([sold, minOut]).to.deep.equal([bought, amountIn]);
    const [first, second] = [...venuesOf(market).values()];
    const profit = (amount: bigint): number =>
      Number(second!.quote(WETH.address, USDC.address, first!.quote(USDC.address, WETH.address, amount)) - amount);
    expect(first!.quote(USDC.address, WETH.address, amountIn)).to.equal(bought);
    for (let amount = 200; amount <= 100_000; amount += 200) {
      // two units of the last decimal are rounding
      expect(profit(dollars(amount))).to.be.at.most(profit(amountIn) + 2);
    }
  });

  it("trades on every venue that is off the fair price, and only there", () => {
    const pools = { expensive: { weth: 1_000, usdc: 2_200_000 }, cheap: { weth: 1_000, usdc: 1_800_000 } };
    const market = { price: 2_000, pool, pools, self };
    const sides = ask(arbitrageur(), market).map(({ call }) => (call.args[2] as readonly string[])[0]);
    expect(sides).to.have.members([WETH.address, USDC.address]);
    expect(ask(arbitrageur({ venues: ["pool"] }), market)).to.deep.equal([]);
    expect(ask(arbitrageur({ venues: ["pool", "expensive"] }), market)).to.have.length(1);
  });

  it("ignores a gap between venues that is below two fees or the cost of gas", () => {
    const between = (usdc: number, baseFee = 0) =>
      ask(arbitrageur(), {
        price: 2_000,
        baseFee,
        pool,
        pools: { expensive: { weth: 1_000, usdc } },
        self: { usdc: 1e6 },
      });
    expect(between(2_011_000)).to.deep.equal([]);
    expect(between(2_020_000)).to.have.length(2);
    // 230,000 gas at 60 gwei: 28 dollars
    expect(between(2_020_000, 60)).to.deep.equal([]);
  });

  it("buys ether where it is cheap, no more than it can pay for", () => {
    const [intent] = ask(arbitrageur(), { price: 2_200, pool, self: { usdc: 5_000 } });
    expect(intent!.call.args[0]).to.equal(dollars(5_000));
    expect(intent!.call.args[2]).to.deep.equal([USDC.address, WETH.address]);
  });

  it("ignores a gap that is below the pool's fee or the cost of gas", () => {
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
    await failsWith("INVALID_OPTION", () => arbitrageur({ venues: "pool" as never }));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(arbitrageur({ venues: ["nowhere"] }), { price: 2_000, pool, self }));
  });
});
