import type { Address, Hex } from "viem";

import { record } from "./rpc.js";

/** A tracer of the storage that a call touches. */
export const PRESTATE: { readonly tracer: string } = { tracer: "prestateTracer" };

/** The delegate calls that pass the same data on, from a call trace. */
export function delegatesIn(calls: unknown, data: Hex): readonly Address[] {
  if (!Array.isArray(calls)) return [];
  return (calls as readonly Readonly<Record<string, unknown>>[]).flatMap(({ type, to, input, calls: inner }) =>
    // the tracer writes addresses as hex strings
    type === "DELEGATECALL" && input === data ? [to as Address, ...delegatesIn(inner, data)] : [],
  );
}

/** The touched storage slots with their values, by account, from a trace with {@link PRESTATE}. */
export function storageOf(method: string, trace: unknown): ReadonlyMap<Address, ReadonlyMap<Hex, unknown>> {
  return new Map(
    Object.entries(record(method, trace)).map(([address, account]) => [
      // the tracer's keys are addresses and slots
      address as Address,
      new Map(Object.entries(record(method, (account as { storage?: object }).storage ?? {})) as [Hex, unknown][]),
    ]),
  );
}
