import type { LiquidityPool } from "../protocols/roles/liquidity-pool.js";
import type { Agent } from "./agent.js";

import { requireInRange, requireKnown, requireText } from "../options.js";
import { liquidityPool } from "../protocols/roles/liquidity-pool.js";
import { least } from "../view/dollars.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** Options of {@link liquidityCrowd}. */
export interface LiquidityCrowdOptions {
  readonly name?: string;
  /** The scenario's level that the pool's depth follows: an asset with `quote: "level"`. */
  readonly depth: string;
  /** The liquidity pool (`uniswapV2`), by its name in the scenario. */
  readonly pool: string;
  /** The share of the pool's liquidity that it stands for, 0.001 to 1: how far the depth can fall. Default 1. */
  readonly share?: number;
  /** Whole tokens by asset, 0 to 1e15 each, of which it adds liquidity beyond that of the start. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Smaller changes of the depth wait, as a fraction of the pool, 0 to 1. Default 0.001, a choice. */
  readonly step?: number;
}

/** Wei per unit of gas: it is in the block before others, who then trade at the depth of the block. */
const TIP = 100_000_000_000n;

/** Base units of liquidity of which shares are computed exactly. */
const PARTS = 1_000_000_000n;

/**
 * Everybody who provides liquidity to a pool, such as Uniswap V2's: adds and removes it so that the pool's depth follows a level of
 * the scenario, which moves by a process of its own. Prices do not change by it, only how far trades move them. It stands for the
 * owners on the chain, and is an honest part of the world: what shrinks is the level.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example
 * ```ts
 * assets: { DEPTH: { quote: "level", process: reverting({ volatility: 3, reversion: 50 }) } },
 * agents: [liquidityCrowd({ pool: "pool", depth: "DEPTH", capital: { ETH: 10_000, USDC: 20_000_000 } })],
 * ```
 */
export function liquidityCrowd(options: LiquidityCrowdOptions): Agent {
  requireKnown("liquidityCrowd", options, ["name", "depth", "pool", "share", "capital", "step"]);
  const { name, depth, pool: poolName, share = 1, capital, step = 0.001 } = options;
  requireText("liquidityCrowd", "depth", depth);
  requireText("liquidityCrowd", "pool", poolName);
  requireInRange("liquidityCrowd", "share", share, { min: 0.001, max: 1 });
  requireInRange("liquidityCrowd", "step", step, { min: 0, max: 1 });
  return defineAgent({
    role: "liquidity crowd",
    honest: true,
    owns: { [poolName]: share },
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    act: ({ view, start, self, submit }) => {
      const pool = playerOf(view, liquidityPool, poolName);
      const first = playerOf(start, liquidityPool, poolName).liquidityOf(self.address);
      const held = pool.liquidityOf(self.address);
      const wanted = wantedOf(first, (view.price(depth) / start.price(depth) - 1) / share);
      const all = (first * PARTS) / BigInt(Math.round(share * Number(PARTS)));
      const difference = wanted - held;
      const size = difference < 0n ? -difference : difference;
      if (size === 0n || Number(size) < step * Number(all)) return;
      if (difference < 0n) {
        submit({ call: pool.removeLiquidity(size, self.address), tip: TIP, note: "withdraws liquidity" });
        return;
      }
      const most = affordable(pool, size, (token) => view.balance(token, self.address));
      if (most[0] > 0n && most[1] > 0n) {
        submit({ call: pool.addLiquidity(most, self.address), tip: TIP, note: "adds liquidity" });
      }
    },
  });
}

/** What it holds where the depth has changed by so much of it; nothing where that is more than all. */
function wantedOf(first: bigint, change: number): bigint {
  const parts = PARTS + BigInt(Math.round(change * Number(PARTS)));
  return parts > 0n ? (first * parts) / PARTS : 0n;
}

/** The tokens that so much liquidity is worth, as far as they are there. */
function affordable(
  pool: LiquidityPool,
  liquidity: bigint,
  balance: (token: `0x${string}`) => bigint,
): readonly [bigint, bigint] {
  const [token0, token1] = pool.tokens;
  const [amount0, amount1] = pool.redeemable(liquidity);
  return [least(amount0, balance(token0.address)), least(amount1, balance(token1.address))];
}
