import type { OracleManipulatorOptions } from "../../../src/agents/index.js";
import type { ObservedView } from "../../../src/engine/world/observed-view.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { arbitrageur, oracleManipulator } from "../../../src/agents/index.js";
import { defineProtocol } from "../../../src/protocols/index.js";
import { all, read } from "../../../src/protocols/read-plan.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { pricePoolInAave } from "../../fixtures/pool-priced-aave.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

const pairAbi = parseAbi([
  "function price1CumulativeLast() view returns (uint256)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
]);

/** What Uniswap V2 accumulates of the price of WETH, which is its token1, in USDC. */
const accumulator = defineProtocol({
  kind: "accumulator",
  inspect: async (_context, address) => address,
  observe: (address) =>
    all({
      sum: read({ address, abi: pairAbi, functionName: "price1CumulativeLast" }),
      reserves: read({ address, abi: pairAbi, functionName: "getReserves" }),
    }),
});

/** Dollars times seconds until a view's block: what the pair wrote down, and what has passed since. */
function accumulated(view: ObservedView): number {
  const { sum, reserves } = view.at(accumulator);
  const [usdc, weth, since] = reserves;
  // 112 binary places of USDC base units a wei
  const written = (Number(sum) / 2 ** 112) * 1e12;
  return written + (Number(usdc) / 1e6 / (Number(weth) / 1e18)) * (view.timestamp - since);
}

describe("an oracle manipulator", () => {
  const theFork = forkForEach();

  async function play(options: Partial<OracleManipulatorOptions>, { blocks = 6, rivals = false } = {}) {
    const { weth, usdc, uniswapV2 } = theFork().addresses;
    const capital = { ETH: 500, USDC: 1_000_000 };
    const manipulator = oracleManipulator({ asset: "ETH", move: 0.2, capital, ...options });
    const agents = [manipulator, ...(rivals ? [arbitrageur({ capital, venues: ["pool"] })] : [])];
    const protocols = { accumulator: accumulator(uniswapV2.usdcWeth) };
    const { deeds, views, worthOf } = await playAgents(theFork(), { agents, blocks, protocols });
    return {
      did: deeds.filter((deed) => deed.includes("oracle manipulator")).map((deed) => deed.split(" ")[0]),
      views,
      prices: views.map((view) => view.all(venue).get("pool")!.spotPrice(weth, usdc)),
      lost: 1_000_000 + 600 * 2_000 - worthOf("oracle manipulator"),
    };
  }

  for (const move of [0.2, -0.2]) {
    it(`moves the spot price by ${String(move)}, holds it, and unwinds at the cost of two fees`, async () => {
      const { did, prices, lost } = await play({ move, hold: 3, at: 2 });
      expect(did).to.deep.equal(["2", "5"]);
      const moved = 2_000 * (1 + move);
      for (const [block, price] of [2_000, 2_000, moved, moved, moved].entries()) {
        expect(prices[block]).to.be.closeTo(price, 1e-3);
      }
      // a fee on the way back on what a fee left in the pool: the price ends a little beyond where it began
      expect(prices[5]).to.be.closeTo(2_000, 2);
      const volume = Math.abs(Math.sqrt(1 + move) - 1) * 2_000_000;
      expect(lost).to.be.within(0.004 * volume, 0.008 * volume);
    });
  }

  it("moves an average as far as configured", async () => {
    const [move, window, hold] = [0.1, 10, 4];
    const { did, views, prices } = await play({ move, window, hold, at: 7 }, { blocks: 11 });
    expect(did).to.deep.equal(["7", "11"]);
    expect(prices[7]).to.be.closeTo(2_000 * (1 + (move * window) / hold), 1e-3);
    // the ten blocks before it unwinds, by the pair's own accumulator
    const [first, last] = [views[1]!, views[11]!];
    const average = (accumulated(last) - accumulated(first)) / (last.timestamp - first.timestamp);
    expect(average).to.be.closeTo(2_000 * (1 + move), 0.01);
  });

  it("pushes again when others bring the price back", async () => {
    const { did, prices } = await play({ hold: 4 }, { rivals: true });
    expect(did.length).to.be.greaterThan(2);
    expect(prices.slice(1, 5).filter((price) => price > 2_399)).to.have.length.greaterThan(1);
  });

  it("makes a position liquidatable that was not, for as long as it holds the price", async () => {
    await pricePoolInAave(theFork());
    const health = (view: ObservedView) => view.all(lendingMarket).get("lending")!.positions[0]!.healthFactor;
    const { views } = await play({ move: -0.06, hold: 2 });
    expect(views.map((view) => health(view)! < 1)).to.deep.equal([false, true, true, false, false, false, false]);
  });

  it("does not begin if its capital is insufficient, unless part of the move is enough", async () => {
    const capital = { USDC: 100_000 };
    expect((await play({ capital })).did).to.deep.equal([]);
    const { did, prices } = await play({ capital, reach: 0.5 });
    expect(did).to.deep.equal(["1", "2"]);
    expect(prices[1]).to.be.closeTo(2_000 * 1.05 ** 2, 1);
  });
});
