import type { ContractCall } from "../protocols/call.js";
import type { Venue, VenueSwap } from "../protocols/venue.js";
import type { ActContext, Agent, PendingCall, View } from "./agent.js";

import { maximise } from "../market/maximise.js";
import { requireInRange, requireKnown, requireNames } from "../options.js";

import { defineAgent } from "./agent.js";
import { least, unitPrice } from "./dollars.js";
import { gasCost } from "./gas-cost.js";
import { venuesOf } from "./venues-of.js";

/** Gas of a call that is copied without knowing it: that of a liquidation (350,000 to 500,000 on Aave V3). */
const COPY_GAS = 500_000n;

/** What a pending call swaps, and where. */
export interface PendingSwap extends Omit<VenueSwap, "self"> {
  readonly venue: Venue;
}

/** Options of {@link searcher}. */
export interface SearcherOptions {
  readonly name?: string;
  /** Names of the venues it looks at. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset: what it trades with. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Profit below which it stays away, US dollars after gas, 0 to 1e12. Default 0. */
  readonly minProfit?: number;
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
 * - Sandwich: buys x before the victim and sells what it got right behind it. x is the size of highest profit
 *   `out₂(out₁(x)) - x` on the venue's own quotes, no larger than the victim's `minOut` bears (Zhou et al. 2021,
 *   *High-Frequency Trading on Decentralized On-Chain Exchanges*).
 * - Copy: sends a call from `copies` itself, with a higher tip. It does not know what the call brings, so it only looks
 *   whether it has the gas.
 *
 * One sandwich a block: the most profitable. Its transactions are private. It pays the victim's tip and a wei more, or the
 * victim's tip, which puts it right behind it; in a block where others bid against it, it pays what the block costs.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `searcher({ capital: { USDC: 1_000_000 }, copies: ["liquidationCall"] })`
 */
export function searcher(options: SearcherOptions = {}): Agent {
  requireKnown("searcher", options, ["name", "venues", "capital", "minProfit", "copies", "reads"]);
  const { venues: names, minProfit = 0, copies = [], reads, ...rest } = options;
  requireNames("searcher", "venues", names);
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
      const venues = venuesOf(view, names);
      const sandwiches = others.flatMap((pending) => {
        const swap = reads?.(pending, view) ?? swapOf(pending.call, venues);
        const made = swap === undefined ? undefined : sandwich(swap, pending, context);
        return made === undefined || made.profit <= minProfit ? [] : [made];
      });
      const [best] = sandwiches.sort((one, other) => other.profit - one.profit);
      if (best === undefined) return;
      submit({ call: best.before, tip: best.tip + 1n, private: true, note: "front-runs" });
      submit({ call: best.behind, tip: best.tip, private: true, note: "back-runs" });
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

interface Sandwich {
  readonly before: ContractCall;
  readonly behind: ContractCall;
  /** The victim's. */
  readonly tip: bigint;
  /** US dollars, after gas. */
  readonly profit: number;
}

function sandwich(victim: PendingSwap, { tip }: PendingCall, { view, self }: ActContext): Sandwich | undefined {
  const { venue, tokenIn, tokenOut, amountIn, minOut = 0n } = victim;
  const token = venue.tokens.find(({ address }) => address.toLowerCase() === tokenIn.toLowerCase());
  if (venue.after === undefined || token === undefined) return undefined;
  const bought = (amount: bigint): bigint => venue.quote(tokenIn, tokenOut, amount);
  const sold = (amount: bigint): bigint =>
    venue
      .after?.(tokenIn, tokenOut, amount)
      .after?.(tokenIn, tokenOut, amountIn)
      .quote(tokenOut, tokenIn, bought(amount)) ?? 0n;
  const bears = (amount: bigint): boolean =>
    (venue.after?.(tokenIn, tokenOut, amount).quote(tokenIn, tokenOut, amountIn) ?? 0n) >= minOut;
  const most = largest(bears, view.balance(token.address, self.address));
  const amount = maximise((x) => Number(sold(x) - x), most);
  const out = bought(amount);
  if (amount === 0n || out === 0n) return undefined;
  const gas = gasCost(view, 2n * venue.swapGas);
  return {
    before: venue.swap({ tokenIn, tokenOut, amountIn: amount, minOut: out, self: self.address }),
    // whatever it brings: to keep what was bought would be a bet
    behind: venue.swap({ tokenIn: tokenOut, tokenOut: tokenIn, amountIn: out, self: self.address }),
    tip,
    profit: Number(sold(amount) - amount) * unitPrice(view, token) - gas,
  };
}

/** The largest amount up to `most` that holds, where all smaller ones do. */
function largest(holds: (amount: bigint) => boolean, most: bigint): bigint {
  if (holds(most)) return most;
  let [low, high] = [0n, most];
  while (high - low > least(1n, high)) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
