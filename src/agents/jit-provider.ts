import type { ConcentratedPool, Provision, TokenAmounts } from "../protocols/roles/concentrated-pool.js";
import type { View } from "../view/view.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { concentratedPool } from "../protocols/roles/concentrated-pool.js";
import { dollarsOf } from "../view/dollars.js";
import { gasCost } from "../view/gas-cost.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** Gas of adding to a position, taking it out again and collecting; an estimate. */
const JIT_GAS = 500_000n;

/** One in so many units of its capital is what it keeps in its position, a choice, so that it has one to add to. */
const KEPT = 1_000_000n;

/** Options of {@link jitProvider}. */
export interface JitProviderOptions {
  readonly name?: string;
  /** The pool of concentrated liquidity (`uniswapV3`). Default: the only one. */
  readonly pool?: string;
  /** Whole tokens by asset, 0 to 1e15 each, both of the pool. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * How far its range reaches on either side of the price, in the pool's tick spacings, 1 to 1,000. Default 1, a choice: the narrowest, which
   * earns most of a fee.
   */
  readonly reach?: number;
  /** Profit below which it stays away, US dollars after gas, 0 to 1e12. Default 0, a choice: takes all that pays. */
  readonly minProfit?: number;
}

/**
 * Gives a pool of concentrated liquidity, such as Uniswap V3's, liquidity for the length of one swap: sees a swap in the mempool, adds all that it has right before it,
 * in a narrow range, and takes it out right behind it, with its part of the fee (Wan & Adams 2022, *Just-in-Time Liquidity on
 * the Uniswap Protocol*). It does so where the fee, and what it buys and sells at fair prices, pay the gas:
 * `fee · own / all liquidity in range + value after - value before - gas > minProfit`; at most one swap a block, the one that
 * brings most.
 *
 * It keeps a position with a millionth of its capital around the price, in a block in which there is nothing else to do: to add
 * to a position, one has to know its number.
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

/** What liquidity earns of a swap, US dollars at fair prices; gas is not taken off. */
function profitOf(
  view: View,
  { tokens: [token0, token1] }: ConcentratedPool,
  { before, after, fee }: Provision,
): number {
  const worth = ([amount0, amount1]: TokenAmounts): number =>
    dollarsOf(view, token0, amount0) + dollarsOf(view, token1, amount1);
  return worth(after) - worth(before) + dollarsOf(view, fee.token, fee.amount);
}
