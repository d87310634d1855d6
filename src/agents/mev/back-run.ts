import type { Venue } from "../../protocols/roles/venue.js";
import type { PendingCall } from "../../view/view.js";
import type { ActContext } from "../agent.js";
import type { Opportunity, PendingSwap } from "./searched.js";

import { isSameAddress } from "../../quantity/address.js";
import { maximise } from "../../quantity/maximise.js";
import { unitPrice } from "../../view/dollars.js";
import { gasCost } from "../../view/gas-cost.js";

/**
 * Arbitrages the price impact of a swap against another venue, directly after it: sells there what the swap sold, and buys it
 * where the swap made it cheap, in the most profitable size. The round trip starts and ends with the token that the swap buys
 * or with the one that it sells, depending on its balances and the profit.
 */
export function backRun(
  victim: PendingSwap,
  { tip }: PendingCall,
  venues: ReadonlyMap<string, Venue>,
  { view, self }: ActContext,
): Opportunity | undefined {
  const { venue, tokenIn, tokenOut, amountIn } = victim;
  const moved = venue.after?.(tokenIn, tokenOut, amountIn);
  if (moved === undefined) return undefined;
  let best: Opportunity | undefined;
  for (const other of venues.values()) {
    if (other === venue) continue;
    // what the swap sold is cheap where it sold it, and what it bought is expensive
    const ways = [
      { first: { venue: moved, by: venue, from: tokenOut, to: tokenIn }, second: { venue: other, by: other } },
      { first: { venue: other, by: other, from: tokenIn, to: tokenOut }, second: { venue: moved, by: venue } },
    ];
    for (const { first, second } of ways) {
      const token = other.tokens.find(({ address }) => isSameAddress(address, first.from));
      if (token === undefined) continue;
      const middle = (amount: bigint): bigint => first.venue.quote(first.from, first.to, amount);
      const end = (amount: bigint): bigint => second.venue.quote(first.to, first.from, middle(amount));
      const amount = maximise((x) => Number(end(x) - x), view.balance(token.address, self.address));
      const out = middle(amount);
      if (amount === 0n || out === 0n) continue;
      const gas = gasCost(view, venue.swapGas + other.swapGas);
      const profit = Number(end(amount) - amount) * unitPrice(view, token) - gas;
      if (profit <= (best?.profit ?? 0)) continue;
      const { from, to } = first;
      const behind = [
        first.by.swap({ tokenIn: from, tokenOut: to, amountIn: amount, minOut: out, self: self.address }),
        second.by.swap({ tokenIn: to, tokenOut: from, amountIn: out, minOut: amount, self: self.address }),
      ];
      best = { before: [], behind, tip, profit };
    }
  }
  return best;
}
