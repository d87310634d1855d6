import type { LendingMarket } from "../../protocols/roles/lending-market.js";
import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { View } from "../../view/view.js";
import type { ActContext } from "../agent.js";

import { lendingMarket } from "../../protocols/roles/lending-market.js";
import { venue } from "../../protocols/roles/venue.js";
import { isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";

/** A purchase of votes. */
interface Purchase {
  readonly venue: Venue;
  readonly pay: Token;
  /** Base units. */
  readonly amountIn: bigint;
  /** What it costs at fair prices, US dollars. */
  readonly usd: number;
}

/** The cheapest purchase of at least so many votes on one venue from an account's balances. `undefined`: no venue sells them. */
export function cheapestPurchase(context: ActContext, votes: Token, wanted: bigint): Purchase | undefined {
  const { view, self } = context;
  let best: Purchase | undefined;
  for (const place of view.all(venue).values()) {
    if (!place.tokens.some(({ address }) => isSameAddress(address, votes.address))) continue;
    for (const pay of place.tokens) {
      const { asset } = pay;
      if (asset === undefined || isSameAddress(pay.address, votes.address)) continue;
      const amountIn = leastFor(place, pay, votes, wanted, view.balance(pay.address, self.address));
      if (amountIn === undefined) continue;
      const usd = wholeUnits(amountIn, pay.decimals) * view.price(asset);
      if (best === undefined || usd < best.usd) best = { venue: place, pay, amountIn, usd };
    }
  }
  return best;
}

/** The smallest amount that buys so much, by bisection: the output of a venue does not decrease in the input. */
function leastFor(venue: Venue, pay: Token, votes: Token, wanted: bigint, most: bigint): bigint | undefined {
  const buys = (amount: bigint): boolean => venue.quote(pay.address, votes.address, amount) >= wanted;
  if (most === 0n || !buys(most)) return undefined;
  let [tooLittle, enough] = [0n, most];
  while (enough - tooLittle > 1n) {
    const middle = (tooLittle + enough) / 2n;
    if (buys(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}

/** The best sale of votes; `undefined` if no venue buys them. */
export function bestSale({ view }: ActContext, votes: Token, amount: bigint): Purchase | undefined {
  let best: Purchase | undefined;
  for (const place of view.all(venue).values()) {
    for (const pay of place.tokens) {
      if (pay.asset === undefined || isSameAddress(pay.address, votes.address)) continue;
      const out = place.quote(votes.address, pay.address, amount);
      const usd = wholeUnits(out, pay.decimals) * view.price(pay.asset);
      if (out > 0n && (best === undefined || usd > best.usd)) best = { venue: place, pay, amountIn: amount, usd };
    }
  }
  return best;
}

/** The market with the most votes available to borrow, and at least so many. */
export function lenderOf(view: View, votes: Token, wanted: bigint): LendingMarket | undefined {
  return [...view.all(lendingMarket).values()]
    .filter((market) => available(market, votes) >= wanted)
    .sort((a, b) => (available(a, votes) < available(b, votes) ? 1 : -1))[0];
}

/** The votes that are supplied to a market and not borrowed. */
function available(market: LendingMarket, votes: Token): bigint {
  return market.tokens.some(({ address }) => isSameAddress(address, votes.address))
    ? market.liquidity(votes.address).available
    : 0n;
}
