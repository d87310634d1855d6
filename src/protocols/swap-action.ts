import type { Address } from "viem";

import type { Action } from "./action.js";
import type { ContractCall } from "./call.js";
import type { Token } from "./token.js";

import { choose, fraction } from "../quantity/share.js";

/** A view of a pool in which a share of one of its tokens can be swapped. */
interface SwappingView {
  swap(swap: { readonly tokenIn: Address; readonly amountIn: bigint; readonly to: Address }): ContractCall;
}

/** The free move that swaps an account's balance of a pool's token, or a share of it. Operands: which token, what share. */
export function swapAction<View extends SwappingView>(tokens: readonly Token[]): Action<View> {
  return {
    name: "swap",
    operands: 2,
    ordinary: true,
    build: ([direction = 0, share = 0], { view, self, balance }) => {
      const tokenIn = choose(direction, tokens);
      if (tokenIn === undefined) return undefined;
      const amountIn = fraction(share, balance(tokenIn.address));
      return amountIn === 0n ? undefined : view.swap({ tokenIn: tokenIn.address, amountIn, to: self });
    },
  };
}
