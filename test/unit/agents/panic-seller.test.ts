import { expect } from "chai";

import { panicSeller } from "../../../src/agents/panic-seller.js";
import { failsWith } from "../../helpers/errors.js";
import { askInTurn, ether, USDC, WETH } from "../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
const self = { weth: 40 };

function at(...prices: readonly number[]) {
  return prices.map((price) => ({ price, pool, self }));
}

describe("panic seller", () => {
  it("sells a share of its holdings in every block below its threshold, at any price", () => {
    const seller = panicSeller({ asset: "ETH", drop: 0.1, share: 0.5 });
    const sales = askInTurn(seller, [...at(2_000, 1_800), { price: 1_700, pool, self: { weth: 20 } }]);
    expect(sales.map((intents) => intents.map(({ call }) => call.args[0]))).to.deep.equal([
      [],
      [ether(20)],
      [ether(10)],
    ]);
    expect(sales[1]![0]!.call.args.slice(1, 3)).to.deep.equal([0n, [WETH.address, USDC.address]]);
  });

  it("holds above the threshold, and again once the price has recovered", () => {
    const seller = panicSeller({ asset: "ETH", drop: 0.1 });
    expect(askInTurn(seller, at(2_000, 1_801, 2_500)).flat()).to.deep.equal([]);
    expect(askInTurn(seller, at(2_000, 1_700, 1_900)).map(({ length }) => length)).to.deep.equal([0, 1, 0]);
  });

  it("watches its venues if told to", () => {
    const fallen = { price: 2_000, pool: { weth: 1_000, usdc: 1_700_000 }, self };
    const options = { asset: "ETH", drop: 0.1 };
    expect(askInTurn(panicSeller(options), [...at(2_000), fallen]).flat()).to.deep.equal([]);
    expect(askInTurn(panicSeller({ ...options, watches: "venue" }), [...at(2_000), fallen]).flat()).to.have.length(1);
  });

  it("sells over as many venues as improve the sale", () => {
    const market = { ...at(1_000)[0]!, pools: { other: pool } };
    const [, free] = askInTurn(panicSeller({ asset: "ETH", share: 1 }), [...at(2_000), market]);
    expect(free!.map(({ call }) => Number(call.args[0]) / 1e18)).to.satisfy(
      ([one, two]: readonly [number, number]) => Math.abs(one - 20) < 1e-3 && Math.abs(one + two - 40) < 1e-9,
    );
    // a second swap of 115,000 gas costs 1,150 dollars, and saves about 1,400 of slippage
    const expensive = askInTurn(panicSeller({ asset: "ETH", share: 1 }), [
      ...at(2_000),
      { ...market, baseFee: 50_000 },
    ]);
    expect(expensive[1]).to.have.length(1);
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => panicSeller({ asset: "ETH", drop: 0 }));
    await failsWith("INVALID_OPTION", () => panicSeller({ asset: "ETH", share: 2 }));
    await failsWith("INVALID_OPTION", () => panicSeller({ asset: 1 as never }));
    await failsWith("INVALID_OPTION", () => panicSeller({ asset: "ETH", drops: 1 } as never));
  });
});
