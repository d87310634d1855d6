import type { CallReceipt, Inclusion, PlacedCall } from "../world/executor/executor.js";

import { addressKey } from "../../quantity/address.js";

/** What accounts have paid for gas in a run, wei, by lower-case address. In batches hardly anybody pays. */
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
    const fee = feeOf(inclusion, receipt, baseFee);
    const payer = addressKey(call.from);
    if (fee > 0n) fees.set(payer, (fees.get(payer) ?? 0n) + fee);
  }
  return fees;
}

function feeOf(inclusion: Inclusion, receipt: CallReceipt | undefined, baseFee: bigint): bigint {
  if (inclusion.kind === "batched") return inclusion.fee ?? 0n;
  if (inclusion.kind !== "transaction" || receipt === undefined) return 0n;
  return receipt.gasUsed * (baseFee + inclusion.transaction.maxPriorityFeePerGas);
}
