import type { Route } from "../../protocols/roles/routing.js";
import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { View } from "../../view/view.js";
import type { ActContext } from "../agent.js";

import { route } from "../../protocols/roles/routing.js";
import { shareOf, unitPrice } from "../../view/dollars.js";
import { gasCost } from "../../view/gas-cost.js";

/** A trade split over as many venues as improve it. */
interface RoutedTrade {
  readonly venues: ReadonlyMap<string, Venue>;
  readonly tokenIn: Token;
  readonly tokenOut: Token;
  /** Base units of `tokenIn`. */
  readonly amountIn: bigint;
}

/** The best split of an amount over venues, gas included. */
export function routeOf(view: View, { venues, tokenIn, tokenOut, amountIn }: RoutedTrade): Route {
  const price = unitPrice(view, tokenOut);
  return route({
    venues,
    tokenIn: tokenIn.address,
    tokenOut: tokenOut.address,
    amountIn,
    // tokens without a price cannot be weighed against gas
    fixedCost: (venue) => (price === 0 ? 0 : gasCost(view, venue.swapGas) / price),
  });
}

/**
 * Submits a trade, one call per venue.
 *
 * @param terms - `maxSlippage`: the slippage that it accepts, 0 to 1
 */
export function submitTrade(
  { view, self, submit }: Pick<ActContext, "view" | "self" | "submit">,
  trade: RoutedTrade,
  terms: { readonly note: string; readonly maxSlippage: number },
): void {
  if (trade.amountIn === 0n) return;
  for (const { venue, amountIn, amountOut } of routeOf(view, trade).legs) {
    const call = venue.swap({
      tokenIn: trade.tokenIn.address,
      tokenOut: trade.tokenOut.address,
      amountIn,
      minOut: shareOf(amountOut, 1 - terms.maxSlippage),
      self: self.address,
    });
    submit({ call, note: terms.note });
  }
}
