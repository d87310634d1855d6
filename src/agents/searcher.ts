import type { ContractCall } from "../protocols/call.js";
import type { Venue } from "../protocols/roles/venue.js";
import type { PendingCall, View } from "../view/view.js";
import type { ActContext, Agent } from "./agent.js";
import type { Opportunity, PendingSwap } from "./mev/searched.js";

import { requireInRange, requireKnown, requireNames, requireOneOf } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { gasCost } from "../view/gas-cost.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { backRun } from "./mev/back-run.js";
import { liquidationBefore } from "./mev/liquidation-race.js";
import { sandwich } from "./mev/sandwich.js";
import { sellSeized } from "./trading/seized.js";

/** What a searcher lives off. */
export type SearcherStrategy = "sandwich" | "backRun" | "liquidation";

const STRATEGIES: readonly SearcherStrategy[] = ["sandwich", "backRun", "liquidation"];

/** Gas of a call that is copied without knowing it: a liquidation's on Aave V3, an estimate, rounded up. */
const COPY_GAS = 500_000n;

/** Options of {@link searcher}. */
export interface SearcherOptions {
  readonly name?: string;
  /** Names of the venues it looks at. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each: what it trades with. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Profit below which it stays away, US dollars after gas, 0 to 1e12. Default 0, a choice: takes all that pays. */
  readonly minProfit?: number;
  /** What it does, one or more of `sandwich`, `backRun` and `liquidation`. Default: all of it. */
  readonly does?: readonly SearcherStrategy[];
  /** Names of functions whose pending calls it sends itself, before their sender: `liquidationCall`. Default: none. */
  readonly copies?: readonly string[];
  /**
   * Swaps that calls make inside, which no venue can read from them: those of a vault that rebalances, say. Default: none.
   */
  readonly reads?: (pending: PendingCall, view: View) => PendingSwap | undefined;
}

/**
 * Lives off other people's transactions (Daian et al. 2020, *Flash Boys 2.0*): watches the public mempool, and places its
 * own transactions around a swap that it sees there.
 *
 * - `sandwich`: buys x before a swap and sells what it got right behind it. x is the size of highest profit
 *   `out₂(out₁(x)) - x` on the venue's own quotes, no larger than the swap's `minOut` bears (Zhou et al. 2021,
 *   *High-Frequency Trading on Decentralized On-Chain Exchanges*).
 * - `backRun`: right behind a swap, brings the price that it moved back in line with another venue's.
 * - `liquidation`: liquidates before somebody who is about to, where that pays, and sells what it seized in the next block.
 * - Copy: sends a call from `copies` itself, with a higher tip. It does not know what the call brings, so it only looks
 *   whether it has the gas.
 *
 * One of the first three a block: the most profitable. Its transactions are private. It pays the other's tip and a wei more, or
 * the other's tip, which puts it right behind it; in a block where others bid against it, it pays what the block costs.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `searcher({ capital: { USDC: 1_000_000 }, copies: ["liquidationCall"] })`
 */
export function searcher(options: SearcherOptions = {}): Agent {
  requireKnown("searcher", options, ["name", "venues", "capital", "minProfit", "does", "copies", "reads"]);
  const { venues: names, minProfit = 0, does = STRATEGIES, copies = [], reads, ...rest } = options;
  requireNames("searcher", "venues", names);
  for (const strategy of does) requireOneOf("searcher", "does", strategy, STRATEGIES);
  requireInRange("searcher", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "searcher",
    ...rest,
    watchesMempool: true,
    act: (context) => {
      const { view, self, submit } = context;
      const others = view.pending.filter(({ from }) => from !== self.address);
      for (const { call, tip, gas } of others) {
        if (!copies.includes(call.function.name) || gasCost(view, COPY_GAS) > worthOfGas(context)) continue;
        submit({ call, tip: tip + 1n, gas, private: true, note: "copies" });
      }
      const venues = playersOf(view, venue, names);
      if (does.includes("liquidation")) sellSeized(context, venues, 1);
      const around = (pending: PendingCall): readonly (Opportunity | undefined)[] => {
        const swap = reads?.(pending, view) ?? swapOf(pending.call, venues);
        return [
          swap !== undefined && does.includes("sandwich") ? sandwich(swap, pending, context) : undefined,
          swap !== undefined && does.includes("backRun") ? backRun(swap, pending, venues, context) : undefined,
          does.includes("liquidation") ? liquidationBefore(pending, venues, context) : undefined,
        ];
      };
      const [best] = others
        .flatMap(around)
        .filter((found) => found !== undefined && found.profit > minProfit)
        .sort((one, other) => (other?.profit ?? 0) - (one?.profit ?? 0));
      if (best === undefined) return;
      for (const call of best.before) submit({ call, tip: best.tip + 1n, private: true, note: "front-runs" });
      for (const call of best.behind) submit({ call, tip: best.tip, private: true, note: "back-runs" });
    },
  });
}

/** What it can spend on gas, US dollars. */
function worthOfGas({ view, self }: ActContext): number {
  if (view.nativeAsset === undefined) return Infinity;
  return (Number(view.nativeBalance(self.address)) / 1e18) * view.price(view.nativeAsset);
}

function swapOf(call: ContractCall, venues: ReadonlyMap<string, Venue>): PendingSwap | undefined {
  for (const venue of venues.values()) {
    const swap = venue.swapIn?.(call);
    if (swap !== undefined) return { ...swap, venue };
  }
  return undefined;
}
