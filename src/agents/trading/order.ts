import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { ActContext } from "../agent.js";

import { least, shareOf } from "../../view/dollars.js";

/** A venue and a direction of trade. */
export interface Direction {
  readonly venue: Venue;
  readonly tokenIn: Token;
  readonly tokenOut: Token;
}

/**
 * Submits an order, as far as the balance goes; none where it would buy nothing.
 *
 * @param terms - `spent`: what orders of this block have spent so far, by token; it is added to
 */
export function submitOrder(
  { view, self, submit }: Pick<ActContext, "view" | "self" | "submit">,
  { venue, tokenIn, tokenOut }: Direction,
  terms: {
    /** Base units of `tokenIn`. */
    readonly amountIn: bigint;
    readonly maxSlippage: number;
    readonly spent: Map<string, bigint>;
    readonly note: string;
  },
): void {
  const spent = terms.spent.get(tokenIn.address) ?? 0n;
  const amountIn = least(terms.amountIn, view.balance(tokenIn.address, self.address) - spent);
  const out = venue.quote(tokenIn.address, tokenOut.address, amountIn);
  if (amountIn === 0n || out === 0n) return;
  terms.spent.set(tokenIn.address, spent + amountIn);
  submit({
    call: venue.swap({
      tokenIn: tokenIn.address,
      tokenOut: tokenOut.address,
      amountIn,
      minOut: shareOf(out, 1 - terms.maxSlippage),
      self: self.address,
    }),
    note: terms.note,
  });
}
