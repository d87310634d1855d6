import { expect } from "chai";

import { whale } from "../../../src/agents/whale.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, askInTurn, dollars, ether, USDC, WETH } from "../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };

function at(...prices: readonly number[]) {
  return prices.map((price) => ({ price, pool, self: { weth: 90 } }));
}

function sold(options: Parameters<typeof whale>[0], ...prices: readonly number[]): readonly (readonly unknown[])[] {
  return askInTurn(whale(options), at(...prices)).map((intents) => intents.map(({ call }) => call.args[0]));
}

describe("whale", () => {
  it("sells everything at once, at its block", () => {
    expect(sold({ asset: "ETH", at: 2 }, 2_000, 2_000, 2_000)).to.deep.equal([[], [ether(90)], []]);
  });

  it("splits its trade evenly, to the last base unit, and continues whatever the price does", () => {
    const parts = sold({ asset: "ETH", amount: 0.5, at: 2, over: 3 }, 2_000, 2_000, 500, 9_000, 2_000).flat();
    expect(parts).to.have.length(3);
    expect(parts.reduce((sum: bigint, part) => sum + (part as bigint), 0n)).to.equal(500_000_000_000_000_000n);
  });

  it("begins once a price is reached, and not before", () => {
    expect(sold({ asset: "ETH", below: 1_900 }, 2_000, 1_901, 1_899, 2_000)).to.deep.equal([[], [], [ether(90)], []]);
    expect(sold({ asset: "ETH", above: 2_100 }, 2_000, 2_099, 2_100)).to.deep.equal([[], [], [ether(90)]]);
    expect(sold({ asset: "ETH", above: 2_100, at: 3 }, 2_200, 2_200, 2_200)).to.deep.equal([[], [], [ether(90)]]);
  });

  it("buys by selling the other asset", () => {
    const market = { price: 2_000, pool, self: { usdc: 10_000 } };
    const [intent] = ask(whale({ asset: "USDC", against: "ETH", amount: 4_000 }), market);
    expect(intent!.call.args[0]).to.equal(dollars(4_000));
    expect(intent!.call.args[2]).to.deep.equal([USDC.address, WETH.address]);
  });

  it("sells no more than it has", () => {
    expect(sold({ asset: "ETH", amount: 1_000 }, 2_000)).to.deep.equal([[ether(90)]]);
    expect(ask(whale({ asset: "ETH" }), { price: 2_000, pool })).to.deep.equal([]);
  });

  it("reports that no venue trades the pair, or that there is no venue", async () => {
    const [market] = at(2_000);
    await failsWith("UNKNOWN_ASSET", () => ask(whale({ asset: "ETH", against: "ETH" }), market!));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(whale({ asset: "ETH", venues: ["nowhere"] }), market!));
  });

  it("refuses options that do not exist, contradict each other or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => whale({ asset: "ETH", below: 1, above: 2 }));
    await failsWith("INVALID_OPTION", () => whale({ asset: "ETH", over: 0 }));
    await failsWith("INVALID_OPTION", () => whale({ asset: "ETH", at: 1.5 }));
    await failsWith("INVALID_OPTION", () => whale({ asset: "ETH", amount: 0 }));
    await failsWith("INVALID_OPTION", () => whale({ asset: "ETH", overs: 1 } as never));
  });
});
