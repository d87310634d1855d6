import type { CallReceipt, Inclusion, PlacedCall } from "../world/executor/executor.js";

import { addressKey } from "../../quantity/address.js";

/** What accounts have paid for gas in a run, wei, by lower-case address. In batches nobody pays. */
export type Fees = ReadonlyMap<string, bigint>;

/** A call of a block with what became of it. */
export interface PaidCall {
  readonly call: PlacedCall;
  readonly inclusion: Inclusion;
  readonly receipt: CallReceipt | undefined;
}

/** The fees after a block. @param baseFee - wei per unit of gas */
export function feesAfter(before: Fees, calls: readonly PaidCall[], baseFee: bigint): Fees {
  const fees = new Map(before);
  for (const { call, inclusion, receipt } of calls) {
    if (inclusion.kind !== "transaction" || receipt === undefined) continue;
    const payer = addressKey(call.from);
    const price = baseFee + inclusion.transaction.maxPriorityFeePerGas;
    fees.set(payer, (fees.get(payer) ?? 0n) + receipt.gasUsed * price);
  }
  return fees;
}
