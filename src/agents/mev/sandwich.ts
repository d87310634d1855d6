import type { PendingCall } from "../../view/view.js";
import type { ActContext } from "../agent.js";
import type { Opportunity, PendingSwap } from "./searched.js";

import { isSameAddress } from "../../quantity/address.js";
import { maximise } from "../../quantity/maximise.js";
import { least, unitPrice } from "../../view/dollars.js";
import { gasCost } from "../../view/gas-cost.js";

/**
 * Buys the token that a swap buys before it, and sells it directly after it, in the most profitable size that the swap's
 * `minOut` tolerates (Zhou et al. 2021, *High-Frequency Trading on Decentralized On-Chain Exchanges*).
 */
export function sandwich(
  victim: PendingSwap,
  { tip }: PendingCall,
  { view, self }: ActContext,
): Opportunity | undefined {
  const { venue, tokenIn, tokenOut, amountIn, minOut = 0n } = victim;
  const token = venue.tokens.find(({ address }) => isSameAddress(address, tokenIn));
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
    before: [venue.swap({ tokenIn, tokenOut, amountIn: amount, minOut: out, self: self.address })],
    // at any price: keeping what was bought would be a directional bet
    behind: [venue.swap({ tokenIn: tokenOut, tokenOut: tokenIn, amountIn: out, self: self.address })],
    tip,
    profit: Number(sold(amount) - amount) * unitPrice(view, token) - gas,
  };
}

/** The largest amount up to `most` for which the predicate holds, given that it holds for all smaller ones. */
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
