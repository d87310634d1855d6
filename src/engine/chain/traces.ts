import type { Address, Hex } from "viem";

import type { AddressKey } from "../../quantity/address.js";

import { addressKey } from "../../quantity/address.js";

import { hex, record } from "./rpc.js";

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

/** Storage slots, each as the lower-case address and the slot. */
export type Slots = ReadonlySet<string>;

/** The storage that a transaction touched, and the part of it that it changed. */
export interface Accesses {
  readonly touched: Slots;
  readonly written: Slots;
}

/** All slots of {@link storageOf}. */
export function slotsIn(storage: ReadonlyMap<Address, ReadonlyMap<Hex, unknown>>): Slots {
  return new Set(
    [...storage].flatMap(([account, slots]) => [...slots.keys()].map((slot) => `${addressKey(account)} ${slot}`)),
  );
}

/** The contract of a slot: its lower-case address. */
export function holderOf(slot: string): AddressKey {
  // slots are written by `slotsIn`
  return slot.slice(0, slot.indexOf(" ")) as AddressKey;
}

/** A call of a transaction, with the calls inside it. */
export interface CallFrame {
  /** `CALL`, `STATICCALL`, `DELEGATECALL`, `CREATE`, … */
  readonly type: string;
  readonly from: Address;
  /** `undefined` where a contract could not be created. */
  readonly to: Address | undefined;
  readonly input: Hex;
  /** Return or revert data. */
  readonly output: Hex;
  readonly value: bigint;
  readonly gasUsed: bigint;
  readonly reverted: boolean;
  readonly calls: readonly CallFrame[];
}

/** A call of a call trace. */
export function callFrame(method: string, trace: unknown): CallFrame {
  const { type, from, to, input, output, value, gasUsed, error, calls } = record(method, trace);
  const data = (given: unknown): Hex => (given === undefined ? "0x" : hex(method, given));
  return {
    type: String(type),
    // the tracer writes addresses and numbers as hex strings
    from: hex(method, from),
    to: to === undefined || to === null ? undefined : hex(method, to),
    input: data(input),
    output: data(output),
    value: value === undefined ? 0n : BigInt(hex(method, value)),
    gasUsed: gasUsed === undefined ? 0n : BigInt(hex(method, gasUsed)),
    reverted: error !== undefined,
    calls: Array.isArray(calls) ? calls.map((call) => callFrame(method, call)) : [],
  };
}
