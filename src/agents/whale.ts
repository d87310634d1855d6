import type { WatchedPrice } from "../view/watched-price.js";
import type { Agent } from "./agent.js";

import { parseUnits } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireNames, requireText } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { least } from "../view/dollars.js";
import { pairOf } from "../view/pair-of.js";
import { playersOf } from "../view/role-players.js";
import { requireWatchedPrice, watchedPrice } from "../view/watched-price.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";

/** Options of {@link whale}. */
export interface WhaleOptions {
  readonly name?: string;
  /** The asset it sells. To buy an asset, let it sell the other one. */
  readonly asset: string;
  /** The asset it buys. Default: the first that a venue trades it for. */
  readonly against?: string;
  /** Names of the venues it trades on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Whole tokens that it sells, above 0, to 1e15. Default: its whole balance, an exit. */
  readonly amount?: number;
  /** The block in which it begins, 1 to 1e6. Default 1, a choice; with a price, the earliest block. */
  readonly at?: number;
  /** Begins once the asset is at or below this price, US dollars, 0 to 1e15. Not together with `above`. */
  readonly below?: number;
  /** Begins once the asset is at or above this price, US dollars, 0 to 1e15. */
  readonly above?: number;
  /** Number of blocks over which it splits the trade evenly, 1 to 10,000. Default 1, a choice: all at once. */
  readonly over?: number;
  /** Default `fair`, a choice. `venue`: the price on its venues decides. */
  readonly watches?: WatchedPrice;
  /** Slippage that it accepts per block, 0 to 1. Default 0.005, as the noise trader's. */
  readonly maxSlippage?: number;
}

/** The block in which it began, and how much it sells. */
interface Begun {
  readonly block: number;
  /** Base units. */
  readonly amount: bigint;
}

/**
 * A single trade that is large for its market, at a block or once a price is reached; split over the venues for the best
 * output, and evenly over `over` blocks: the schedule of lowest expected cost where price impact is permanent and linear
 * (Bertsimas & Lo 1998, *Optimal Control of Execution Costs*). Once begun it continues, whatever the price does. It does not
 * make up for what it could not sell in a block.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `whale({ asset: "ETH", capital: { ETH: 2_000 }, at: 5, over: 4 })`
 */
export function whale(options: WhaleOptions): Agent {
  const trigger = ["amount", "at", "below", "above", "over", "watches", "maxSlippage"];
  requireKnown("whale", options, ["name", "asset", "against", "venues", "capital", ...trigger]);
  const { asset, against, venues: names, amount, at = 1, below, above, over = 1, watches = "fair" } = options;
  const { name, capital, maxSlippage = 0.005 } = options;
  requireText("whale", "asset", asset);
  requireNames("whale", "venues", names);
  if (amount !== undefined) requireInRange("whale", "amount", amount, { min: 1e-18, max: 1e15 });
  requireInRange("whale", "at", at, { min: 1, max: 1e6, kind: "integer" });
  if (below !== undefined) requireInRange("whale", "below", below, { min: 0, max: 1e15 });
  if (above !== undefined) requireInRange("whale", "above", above, { min: 0, max: 1e15 });
  if (below !== undefined && above !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: 'whale: both "below" and "above" are given.',
      hint: "Give one price, and use a second whale for the other.",
    });
  }
  requireInRange("whale", "over", over, { min: 1, max: 10_000, kind: "integer" });
  requireInRange("whale", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireWatchedPrice("whale", watches);
  const isReached = (price: number): boolean => price <= (below ?? Infinity) && price >= (above ?? 0);
  return defineAgent<Begun | undefined>({
    role: "whale",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    memory: undefined,
    act: (context) => {
      const { view, self, memory, remember } = context;
      const venues = playersOf(view, venue, names);
      const pair = pairOf(view, venues, asset, against);
      const { base, quote } = pair;
      const held = view.balance(base.address, self.address);
      if (memory === undefined && (view.block < at || !isReached(watchedPrice(view, venues, pair, watches)))) return;
      const wanted = amount === undefined ? held : parseUnits(amount.toFixed(18), base.decimals);
      const begun = memory ?? { block: view.block, amount: least(wanted, held) };
      if (memory === undefined) remember(begun);
      const done = view.block - begun.block;
      if (done >= over) return;
      const soldAfter = (blocks: number): bigint => (begun.amount * BigInt(blocks)) / BigInt(over);
      const amountIn = least(held, soldAfter(done + 1) - soldAfter(done));
      submitTrade(context, { venues, tokenIn: base, tokenOut: quote, amountIn }, { note: "whale", maxSlippage });
    },
  });
}
