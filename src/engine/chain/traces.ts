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

/** A call that a transaction made, or the transaction's own. */
export interface TracedCall {
  readonly to: Address;
  /** Four bytes, or fewer. */
  readonly selector: Hex;
  /** Whether it was undone: it failed, or one that it is part of did. */
  readonly isUndone: boolean;
}

/** All calls in a trace, each before those that it makes. Creations are none. */
export function callsIn(call: unknown, isUndone = false): readonly TracedCall[] {
  // the tracer writes calls in this form
  const { type, to, input, error, calls } = call as Readonly<Record<string, unknown>>;
  const undone = isUndone || error !== undefined;
  const inner = Array.isArray(calls) ? (calls as readonly unknown[]).flatMap((one) => callsIn(one, undone)) : [];
  if (typeof to !== "string" || typeof input !== "string" || String(type).startsWith("CREATE")) return inner;
  return [{ to: to as Address, selector: input.slice(0, 10) as Hex, isUndone: undone }, ...inner];
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
