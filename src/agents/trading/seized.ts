import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { ActContext } from "../agent.js";

import { isSameAddress } from "../../quantity/address.js";

import { submitTrade } from "./routed-trade.js";

/** What is needed to compute what an agent has gained since the start. */
export type Gains = Pick<ActContext, "view" | "start" | "self">;

/** The change in the agent's balance of a token since the start, base units; negative if it has less. */
export function gainOf({ view, start, self }: Gains, { address }: Token): bigint {
  return view.balance(address, self.address) - start.balance(address, self.address);
}

/** Sells tokens that it has more of than at the start, for those that it has less of: the ones it repaid debts with. */
export function sellSeized(
  context: Gains & Pick<ActContext, "submit">,
  venues: ReadonlyMap<string, Venue>,
  maxSlippage: number,
): void {
  const sold = new Set<Token>();
  for (const { tokens } of venues.values()) {
    for (const tokenIn of tokens) {
      const tokenOut = tokens.find((token) => gainOf(context, token) < 0n);
      const amountIn = gainOf(context, tokenIn);
      if (
        tokenOut === undefined ||
        amountIn <= 0n ||
        [...sold].some((token) => isSameAddress(token.address, tokenIn.address))
      )
        continue;
      sold.add(tokenIn);
      submitTrade(context, { venues, tokenIn, tokenOut, amountIn }, { note: "sells what it seized", maxSlippage });
    }
  }
}
