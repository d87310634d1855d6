import type { Address, Hex } from "viem";

import { numberToHex } from "viem";

/** The outcome of a transaction. */
export interface Receipt {
  readonly success: boolean;
  readonly gasUsed: bigint;
  readonly logs: readonly Log[];
}

/** An event log of a transaction. */
export interface Log {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** A transaction to send; the sender is impersonated. */
export interface Transaction {
  readonly from: Address;
  /** `undefined`: contract creation. */
  readonly to: Address | undefined;
  readonly data: Hex;
  readonly value: bigint;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** What a sender must have for a transaction to be included: its value, and all of its gas at its highest price, wei. */
export function upfrontCost({ value, gas, maxFeePerGas }: Omit<Transaction, "from" | "to" | "data">): bigint {
  return value + gas * maxFeePerGas;
}

/** The transaction as JSON-RPC takes it. */
export function parametersOf({ from, to, data, value, gas, maxFeePerGas, maxPriorityFeePerGas }: Transaction): object {
  return {
    from,
    ...(to === undefined ? {} : { to }),
    data,
    value: numberToHex(value),
    gas: numberToHex(gas),
    maxFeePerGas: numberToHex(maxFeePerGas),
    maxPriorityFeePerGas: numberToHex(maxPriorityFeePerGas),
  };
}
