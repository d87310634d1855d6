import type { ContractCall } from "../protocols/call.js";
import type { Venue } from "../protocols/roles/venue.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { requireInRange, requireKnown, requireNames } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { isSameAddress } from "../quantity/address.js";
import { maximise } from "../quantity/maximise.js";
import { unitPrice } from "../view/dollars.js";
import { gasCost } from "../view/gas-cost.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** Options of {@link arbitrageur}. */
export interface ArbitrageurOptions {
  readonly name?: string;
  /** Names of the venues it trades on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Minimum profit, US dollars after fees and gas, 0 to 1e12. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
}

/**
 * Closes price gaps between every two venues and between each venue and the fair price (Angeris et al. 2019, *An Analysis of
 * Uniswap Markets*).
 *
 * - Against the fair price: sells x to a venue that pays above it, for a profit of `out(x) · p_out - x · p_in`; it keeps what
 *   it receives, which it could trade at the fair price elsewhere.
 * - Between venues: buys on one and sells on the other, for a profit of `(out₂(out₁(x)) - x) · p_in`; two consecutive calls.
 *   The first returns the quoted amount or reverts, and the second does not accept a loss.
 *
 * Both are concave in x where quotes are; x is found on the venues' own quotes, so any kind of venue works. It takes the most
 * profitable trade first, then the most profitable one on the remaining venues, as far as its capital allows, and ignores
 * trades that earn less than gas and `minProfit`.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `arbitrageur({ capital: { ETH: 500, USDC: 1_000_000 } })`
 */
export function arbitrageur(options: ArbitrageurOptions = {}): Agent {
  requireKnown("arbitrageur", options, ["name", "venues", "capital", "minProfit"]);
  const { venues: names, minProfit = 0, ...rest } = options;
  requireNames("arbitrageur", "venues", names);
  requireInRange("arbitrageur", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "arbitrageur",
    ...rest,
    act: ({ view, self, submit }) => {
      const unused = new Set(playersOf(view, venue, names).values());
      const spent = new Map<string, bigint>();
      for (;;) {
        const left = (token: Token): bigint =>
          view.balance(token.address, self.address) - (spent.get(token.address) ?? 0n);
        const trade = best(opportunities([...unused]), view, left);
        if (trade === undefined || trade.profit <= minProfit) return;
        for (const call of trade.calls(self.address)) submit({ call, note: "arbitrage" });
        for (const venue of trade.venues) unused.delete(venue);
        spent.set(trade.tokenIn.address, (spent.get(trade.tokenIn.address) ?? 0n) + trade.amountIn);
      }
    },
  });
}

/** A possible trade. */
interface Opportunity {
  /** One venue, compared with the fair price, or two. */
  readonly venues: readonly [Venue] | readonly [Venue, Venue];
  readonly tokenIn: Token;
  /** What the first venue pays out. */
  readonly tokenOut: Token;
}

interface Trade extends Opportunity {
  /** Base units. */
  readonly amountIn: bigint;
  /** US dollars, after gas. */
  readonly profit: number;
  calls(self: `0x${string}`): readonly ContractCall[];
}

function opportunities(venues: readonly Venue[]): readonly Opportunity[] {
  return venues.flatMap((venue) =>
    venue.tokens.flatMap((tokenIn) =>
      venue.tokens
        .filter((tokenOut) => tokenOut !== tokenIn)
        .flatMap((tokenOut): Opportunity[] => [
          { venues: [venue], tokenIn, tokenOut },
          ...venues
            .filter((other) => other !== venue && trades(other, tokenIn) && trades(other, tokenOut))
            .map((other): Opportunity => ({ venues: [venue, other], tokenIn, tokenOut })),
        ]),
    ),
  );
}

function trades({ tokens }: Venue, token: Token): boolean {
  return tokens.some((one) => isSameAddress(one.address, token.address));
}

function best(found: readonly Opportunity[], view: View, left: (token: Token) => bigint): Trade | undefined {
  let most: Trade | undefined;
  for (const opportunity of found) {
    const trade = tradeOf(opportunity, view, left(opportunity.tokenIn));
    if (trade !== undefined && trade.profit > (most?.profit ?? 0)) most = trade;
  }
  return most;
}

/** The most profitable size of an opportunity; `undefined` if no size is profitable, or it cannot be priced. */
function tradeOf(opportunity: Opportunity, view: View, capital: bigint): Trade | undefined {
  const { venues, tokenIn, tokenOut } = opportunity;
  const [first, second] = venues;
  const [priceIn, priceOut] = [unitPrice(view, tokenIn), unitPrice(view, tokenOut)];
  if (capital <= 0n || priceIn === 0 || (second === undefined && priceOut === 0)) return undefined;
  // quotes are concave: if the first unit is not profitable before fees, no amount is
  const whole = first.spotPrice(tokenIn.address, tokenOut.address) * 10 ** (tokenOut.decimals - tokenIn.decimals);
  const back = second?.spotPrice(tokenOut.address, tokenIn.address) ?? 0;
  const worth = second === undefined ? whole * priceOut : whole * back * 10 ** (tokenIn.decimals - tokenOut.decimals);
  if (worth <= (second === undefined ? priceIn : 1)) return undefined;

  const bought = (amount: bigint): bigint => first.quote(tokenIn.address, tokenOut.address, amount);
  const profitOf = (amount: bigint): number => {
    const out = bought(amount);
    const proceeds =
      second === undefined
        ? Number(out) * priceOut
        : Number(second.quote(tokenOut.address, tokenIn.address, out)) * priceIn;
    return proceeds - Number(amount) * priceIn;
  };
  const amountIn = maximise(profitOf, capital);
  const gas = venues.reduce((sum, { swapGas }) => sum + swapGas, 0n);
  const out = bought(amountIn);
  return {
    ...opportunity,
    amountIn,
    profit: profitOf(amountIn) - gasCost(view, gas),
    calls: (self) => {
      const buy = { tokenIn: tokenIn.address, tokenOut: tokenOut.address, amountIn, self };
      if (second === undefined) {
        // no worse than at the fair price: if another transaction is first, it reverts
        const atFairPrice = BigInt(Math.floor((Number(amountIn) * priceIn) / priceOut));
        return [first.swap({ ...buy, minOut: atFairPrice })];
      }
      const sell = { tokenIn: tokenOut.address, tokenOut: tokenIn.address, amountIn: out, minOut: amountIn, self };
      return [first.swap({ ...buy, minOut: out }), second.swap(sell)];
    },
  };
}
