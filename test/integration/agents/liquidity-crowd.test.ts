import { expect } from "chai";

import { liquidityCrowd, whale } from "../../../src/agents/index.js";
import { defineCondition } from "../../../src/conditions/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { startView, viewAfter } from "../../../src/engine/run/views.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { path } from "../../../src/market/index.js";
import { constant, uniswapV2 } from "../../../src/protocols/index.js";
import { pathSource } from "../../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach } from "../../helpers/play-agents.js";

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

describe("liquidity crowd", () => {
  const theFork = forkForEach();

  /** The depth and the price of the pool after each block, relative to the start; ether is sold in block 4. */
  async function played(levels: readonly number[], share = 1) {
    const { weth, usdc, uniswapV2: uniswap } = theFork().addresses;
    const scenario = buildScenario({
      name: "depth",
      blocks: 5,
      assets: {
        ETH: { price: 2_000, token: weth },
        USDC: { price: 1, token: usdc },
        DEPTH: { quote: "level", process: path(levels, 1) },
      },
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
      agents: [
        whale({ asset: "ETH", capital: { ETH: 10 }, at: 4, maxSlippage: 1 }),
        liquidityCrowd({ pool: "pool", depth: "DEPTH", share, capital: { ETH: 1_000, USDC: 2_000_000 } }),
      ],
      conditions: [nothing],
    });
    const { provider } = theFork().connection;
    const target = { name: "Pair", address: uniswap.usdcWeth, abi: [] };
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    try {
      const first = startView(world).at(uniswapV2);
      const seen: { readonly depth: number; readonly price: number }[] = [];
      await new Player(world, () => undefined).genome(pathSource(world, 1)(0), {
        mined: async ({ state }) => {
          const pool = viewAfter(world, state).at(uniswapV2);
          const depth = Math.sqrt(Number(pool.reserves[0] * pool.reserves[1]));
          const before = Math.sqrt(Number(first.reserves[0] * first.reserves[1]));
          seen.push({ depth: depth / before, price: pool.spotPrice(weth) / first.spotPrice(weth) });
        },
      });
      return seen;
    } finally {
      await world.close();
    }
  }

  it("makes the depth of a real pool follow its level, block by block, and leaves its price", async () => {
    const levels = [0.5, 0.5, 1.4, 0.25, 0.25];
    const seen = await played(levels);
    for (const [block, { depth }] of seen.entries()) expect(depth).to.be.closeTo(levels[block]!, 0.002);
    for (const { price } of seen.slice(0, 3)) expect(price).to.be.closeTo(1, 1e-6);
    // ten ether of 250: 1 / (1 + 10 · 0.997 / 250)² is left of the price, a fee apart
    expect(seen[3]!.price).to.be.closeTo(1 / (1 + 9.97 / 250) ** 2, 0.001);
  });

  it("cannot withdraw more than it stands for", async () => {
    const seen = await played([0.1, 0.1, 0.1, 0.1, 1], 0.6);
    expect(seen[0]!.depth).to.be.closeTo(0.4, 0.002);
    expect(seen[4]!.depth).to.be.closeTo(1, 0.002);
  });

  it("leaves small changes alone, and refuses options that do not exist or are out of range", async () => {
    const seen = await played([1.0005, 0.9995, 1.0002, 1, 1]);
    for (const { depth } of seen.slice(0, 3)) expect(depth).to.equal(1);
    const good = { pool: "pool", depth: "DEPTH" };
    for (const wrong of [{ share: 0 }, { share: 2 }, { step: -1 }, { depth: "" }, { pool: 3 }, { level: "DEPTH" }]) {
      await failsWith("INVALID_OPTION", () => liquidityCrowd({ ...good, ...wrong } as never));
    }
  });
});
