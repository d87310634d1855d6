import type { Address } from "viem";

import type { Receipt } from "../chain/transaction.js";
import type { Callback } from "../run/callback-log.js";
import type { Refusal } from "../run/refusals.js";

import { decodeEventLog, erc20Abi, getAddress } from "viem";

import { callbacksIn } from "../run/callback-log.js";
import { refusalsIn } from "../run/refusals.js";

/** A movement of tokens that a transaction caused. */
interface Transfer {
  readonly token: Address;
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
}

/** What a call did, as far as reports show it. */
export interface CallEffect {
  readonly success: boolean;
  readonly gasUsed: bigint;
  readonly transfers: readonly Transfer[];
  /** The callbacks in which it made calls; absent if there were none. */
  readonly callbacks?: readonly Callback[];
  /** The error codes that contracts returned instead of reverting; absent if there were none. */
  readonly refusals?: readonly Refusal[];
}

/** Reads a receipt. */
export function effectOf(receipt: Receipt | undefined): CallEffect {
  if (receipt === undefined) return { success: false, gasUsed: 0n, transfers: [] };
  const callbacks = callbacksIn(receipt.logs);
  const refusals = refusalsIn(receipt.logs);
  return {
    success: receipt.success,
    gasUsed: receipt.gasUsed,
    ...(callbacks.length === 0 ? {} : { callbacks }),
    ...(refusals.length === 0 ? {} : { refusals }),
    transfers: receipt.logs.flatMap((log): Transfer[] => {
      const [signature, ...rest] = log.topics;
      if (signature === undefined) return [];
      try {
        const { eventName, args } = decodeEventLog({ abi: erc20Abi, data: log.data, topics: [signature, ...rest] });
        if (eventName !== "Transfer") return [];
        return [{ token: getAddress(log.address), from: args.from, to: args.to, amount: args.value }];
      } catch {
        // an event of another kind, or an ERC-721 transfer
        return [];
      }
    }),
  };
}
