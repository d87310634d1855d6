import type { ConcentratedPool, Provision, TokenAmounts } from "../protocols/roles/concentrated-pool.js";
import type { View } from "../view/view.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { concentratedPool } from "../protocols/roles/concentrated-pool.js";
import { dollarsOf } from "../view/dollars.js";
import { gasCost } from "../view/gas-cost.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** Gas of adding to a position, removing it again and collecting; an estimate. */
const JIT_GAS = 500_000n;

/** One part in so many of its capital stays in its position, so that it has one to add to; a choice. */
const KEPT = 1_000_000n;

/** Options of {@link jitProvider}. */
export interface JitProviderOptions {
  readonly name?: string;
  /** The concentrated-liquidity pool (`uniswapV3`). Default: the only one. */
  readonly pool?: string;
  /** Whole tokens by asset, 0 to 1e15 each; both of the pool's tokens. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * How far its range extends on either side of the price, in the pool's tick spacings, 1 to 1,000. Default 1, a choice: the
   * narrowest range, which earns the largest share of the fee.
   */
  readonly reach?: number;
  /** Minimum profit, US dollars after gas, 0 to 1e12. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
}

/**
 * Provides just-in-time liquidity to a concentrated-liquidity pool, such as Uniswap V3's: sees a swap in the mempool, adds all
 * its capital directly before it, in a narrow range, and removes it directly after it, together with its share of the fee (Wan
 * & Adams 2022, *Just-in-Time Liquidity on the Uniswap Protocol*). It does so if the fee, and what it buys and sells valued at
 * fair prices, exceed the cost of gas: `fee · own / all liquidity in range + value after - value before - gas > minProfit`. At
 * most one swap per block: the most profitable.
 *
 * It keeps a position with a millionth of its capital around the price, opened in a block in which it does nothing else,
 * because adding to a position takes its token ID.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `jitProvider({ capital: { ETH: 500, USDC: 1_000_000 } })`
 */
export function jitProvider(options: JitProviderOptions = {}): Agent {
  requireKnown("jitProvider", options, ["name", "pool", "capital", "reach", "minProfit"]);
  const { pool: poolName, reach = 1, minProfit = 0, ...rest } = options;
  requireInRange("jitProvider", "reach", reach, { min: 1, max: 1_000, kind: "integer" });
  requireInRange("jitProvider", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "JIT provider",
    ...rest,
    watchesMempool: true,
    act: (context) => {
      const { view, self, submit } = context;
      const pool = playerOf(view, concentratedPool, poolName);
      const amounts = held(context, pool);
      const position = pool.positionsOf(self.address).find(({ isAround }) => isAround);
      if (position === undefined) {
        if (amounts[0] < KEPT || amounts[1] < KEPT) return;
        const kept = [amounts[0] / KEPT, amounts[1] / KEPT] as const;
        submit({ call: pool.open(reach, kept, self.address), note: "opens its position" });
        return;
      }
      const added = position.liquidityFor(amounts);
      const [best] = view.pending
        .filter(({ from }) => from !== self.address)
        .flatMap(({ call, tip }) => {
          const swap = pool.swapIn(call);
          return swap === undefined ? [] : [{ tip, profit: profitOf(view, pool, position.provision(added, swap)) }];
        })
        .sort((one, other) => other.profit - one.profit);
      if (added === 0n || best === undefined || best.profit - gasCost(view, JIT_GAS) <= minProfit) return;
      submit({ call: position.increase(amounts), tip: best.tip + 1n, private: true, note: "adds" });
      submit({ call: position.decrease(added), tip: best.tip, private: true, note: "takes out" });
      submit({ call: position.collect(self.address), tip: best.tip, private: true, note: "collects" });
    },
  });
}

function held({ view, self }: ActContext, { tokens }: ConcentratedPool): TokenAmounts {
  const [one, other] = tokens;
  return [view.balance(one.address, self.address), view.balance(other.address, self.address)];
}

/** What liquidity earns from a swap, US dollars at fair prices, before gas. */
function profitOf(
  view: View,
  { tokens: [token0, token1] }: ConcentratedPool,
  { before, after, fee }: Provision,
): number {
  const worth = ([amount0, amount1]: TokenAmounts): number =>
    dollarsOf(view, token0, amount0) + dollarsOf(view, token1, amount1);
  return worth(after) - worth(before) + dollarsOf(view, fee.token, fee.amount);
}
