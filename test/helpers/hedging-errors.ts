import type { OptionPosition } from "../../src/agents/index.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { parseAbi } from "viem";

import { arbitrageur, deltaHedger } from "../../src/agents/index.js";
import { hedged } from "../../src/conditions/index.js";
import { Player } from "../../src/engine/run/player.js";
import { startView, viewAfter } from "../../src/engine/run/views.js";
import { worth } from "../../src/engine/world/observed-view.js";
import { openWorld } from "../../src/engine/world/world.js";
import { gbm } from "../../src/market/index.js";
import { optionMark } from "../../src/market/options/option-position.js";
import { uniswapV2 } from "../../src/protocols/index.js";
import { pathSource } from "../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { agentAddress } from "../../src/view/accounts.js";
import { give } from "../fixtures/give.js";

const SPOT = 2_000;
const pairAbi = parseAbi(["function sync()"]);

/** A hedge on the pool of the mini mainnet. */
export interface Hedge {
  readonly option: Omit<OptionPosition, "asset">;
  /** Annual volatility of the price; the option is valued and hedged at its own. */
  readonly volatility: number;
  /** Seconds. */
  readonly blockTime: number;
  /** WETH in the pool, and as much worth of USDC. */
  readonly depth: number;
  /** Gwei. */
  readonly baseFee: number;
  readonly band?: number;
  readonly paths: number;
  readonly seed?: number;
}

/** How a hedge has ended, US dollars. */
export interface HedgeEnd {
  /** What hedge and options have made together. */
  readonly made: number;
  /** The same for a hedge at the same moments, at fair prices and without costs. */
  readonly ideal: number;
  /** What it has paid for gas. */
  readonly gas: number;
  /** What it has bought and sold. */
  readonly turnover: number;
}

/** How hedges have ended when the options expire, one for each path. */
export async function hedgingErrors(fork: Fork<MiniMainnetSource>, hedge: Hedge): Promise<readonly HedgeEnd[]> {
  const { weth, usdc, uniswapV2: uniswap } = fork.addresses;
  const { depth, blockTime, baseFee, band = 0 } = hedge;
  const option = { ...hedge.option, asset: "ETH" };
  await give(fork, "WETH", uniswap.usdcWeth, depth);
  await give(fork, "USDC", uniswap.usdcWeth, depth * SPOT);
  await fork.chain.write(fork.account, { address: uniswap.usdcWeth, abi: pairAbi }, "sync", []);
  const scenario = buildScenario({
    name: "a hedge",
    // the options are sold in the first block
    blocks: Math.round(option.expiresIn / blockTime),
    blockTime,
    assets: {
      ETH: { price: SPOT, token: weth, process: gbm({ volatility: hedge.volatility }) },
      USDC: { price: 1, token: usdc },
    },
    protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
    agents: [
      arbitrageur({ capital: { ETH: 20 * depth, USDC: 20 * depth * SPOT } }),
      deltaHedger({ option, band, maxSlippage: 1, capital: { USDC: 1e7 } }),
    ],
    conditions: [hedged({ agent: "delta hedger", option, maxLoss: 1e15 })],
    gas: { baseFee: BigInt(Math.round(baseFee * 1e9)) },
  });
  const { provider } = fork.connection;
  const target = { name: "Pair", address: uniswap.usdcWeth, abi: [] };
  const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
  try {
    const genome = pathSource(world, hedge.seed ?? 1);
    const start = startView(world);
    const player = new Player(world, () => undefined);
    const address = agentAddress("delta hedger");
    const ends: HedgeEnd[] = [];
    for (let path = 0; path < hedge.paths; path++) {
      let premium: number | undefined;
      let [held, before, ideal, turnover] = [0, 0, 0, 0];
      let end: HedgeEnd | undefined;
      await player.genome(genome(path), {
        mined: async ({ state }) => {
          const view = viewAfter(world, state);
          const { value, delta } = optionMark(option, view, start);
          premium ??= value;
          const price = view.price("ETH");
          ideal += held * (price - before);
          turnover += Math.abs(delta + held) * price;
          [held, before] = [-delta, price];
          const owned = (of: typeof view): number => worth(world.frame, of, address, (asset) => view.price(asset));
          const spent = Number(start.nativeBalance(address) - view.nativeBalance(address)) / 1e18;
          const earned = value - premium;
          end = { made: owned(view) - owned(start) + earned, ideal: ideal + earned, gas: spent * price, turnover };
        },
      });
      if (end !== undefined) ends.push(end);
    }
    return ends;
  } finally {
    await world.close();
  }
}
