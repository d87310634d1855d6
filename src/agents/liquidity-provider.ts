import type { Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { liquidityPool } from "../protocols/roles/liquidity-pool.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** Options of {@link liquidityProvider}. */
export interface LiquidityProviderOptions {
  readonly name?: string;
  /** The liquidity pool (`uniswapV2`). Default: the only one. */
  readonly pool?: string;
  /** Whole tokens by asset, 0 to 1e15 each; it adds as much of both as the pool's ratio allows. */
  readonly capital?: Readonly<Record<string, number>>;
  /** The block in which it adds liquidity, 1 to 1e6. Default 1, a choice: in place from the start. */
  readonly enter?: number;
  /** The block in which it removes all of it, after `enter`, up to 1e6. Default: never. */
  readonly exit?: number;
}

/**
 * A passive liquidity provider of a pool with fungible liquidity, such as Uniswap V2's: adds its capital and holds, earning
 * fees and losing to arbitrageurs what Milionis, Moallemi, Roughgarden & Zhang (2022) call loss-versus-rebalancing. With `exit`
 * the liquidity disappears in a single block.
 *
 * For just-in-time liquidity, see {@link jitProvider}.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `liquidityProvider({ capital: { ETH: 100, USDC: 200_000 }, exit: 10 })`
 */
export function liquidityProvider(options: LiquidityProviderOptions = {}): Agent {
  requireKnown("liquidityProvider", options, ["name", "pool", "capital", "enter", "exit"]);
  const { pool: poolName, enter = 1, exit, ...rest } = options;
  requireInRange("liquidityProvider", "enter", enter, { min: 1, max: 1e6, kind: "integer" });
  if (exit !== undefined) {
    requireInRange("liquidityProvider", "exit", exit, { min: enter + 1, max: 1e6, kind: "integer" });
  }
  return defineAgent({
    role: "liquidity provider",
    ...rest,
    act: ({ view, self, submit }) => {
      const pool = playerOf(view, liquidityPool, poolName);
      const [token0, token1] = pool.tokens;
      if (view.block === enter) {
        const most = [view.balance(token0.address, self.address), view.balance(token1.address, self.address)] as const;
        if (most[0] > 0n && most[1] > 0n) submit(pool.addLiquidity(most, self.address));
      }
      const held = pool.liquidityOf(self.address);
      if (exit !== undefined && view.block >= exit && held > 0n) submit(pool.removeLiquidity(held, self.address));
    },
  });
}
