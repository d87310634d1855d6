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

/** A strategy of a searcher. */
export type SearcherStrategy = "sandwich" | "backRun" | "liquidation";

const STRATEGIES: readonly SearcherStrategy[] = ["sandwich", "backRun", "liquidation"];

/** Gas of a copied call, whose cost is unknown: that of a liquidation on Aave V3, an estimate, rounded up. */
const COPY_GAS = 500_000n;

/** Options of {@link searcher}. */
export interface SearcherOptions {
  readonly name?: string;
  /** Names of the venues it watches. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each: what it trades with. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Minimum profit, US dollars after gas, 0 to 1e12. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
  /** Its strategies, one or more of `sandwich`, `backRun` and `liquidation`. Default: all. */
  readonly does?: readonly SearcherStrategy[];
  /** Names of functions whose pending calls it copies and front-runs: `liquidationCall`. Default: none. */
  readonly copies?: readonly string[];
  /**
   * Swaps inside other calls, which no venue can decode from the calldata: those of a vault that rebalances, for example.
   * Default: none.
   */
  readonly reads?: (pending: PendingCall, view: View) => PendingSwap | undefined;
}

/**
 * An MEV searcher (Daian et al. 2020, *Flash Boys 2.0*): watches the public mempool, and places its own transactions around a
 * transaction that it sees there.
 *
 * - `sandwich`: buys before a swap and sells directly after it, in the size x with the highest profit `out₂(out₁(x)) - x` on
 *   the venue's own quotes, no larger than the swap's `minOut` tolerates (Zhou et al. 2021, *High-Frequency Trading on
 *   Decentralized On-Chain Exchanges*).
 * - `backRun`: directly after a swap, arbitrages its price impact against another venue.
 * - `liquidation`: front-runs a pending liquidation if that is profitable, and sells the seized collateral in the next block.
 * - Copy: sends a pending call from `copies` itself, with a higher tip. It does not know what the call earns, so it only checks
 *   that it can pay for the gas.
 *
 * One of the first three per block: the most profitable. Its transactions are private. To come first it pays the pending
 * transaction's tip plus one wei, and to come directly after it the same tip; in a block in which other transactions bid
 * against it, it pays the price of the block.
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

/** The most that it can spend on gas, US dollars. */
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
