import type { ContractCall } from "./call.js";

/** The way into a call's arguments: an index, then indices and names. The empty way is the value that is sent along. */
export type Way = readonly (number | string)[];

/** A place of an amount. */
export interface AmountPlace {
  /** The call that it is an amount of: its place among those that a call makes, and so on inside that one; empty for the call itself. */
  readonly inner: readonly number[];
  readonly way: Way;
}

/** An amount of a call that is left to what the state of the moment accepts. */
export interface OpenAmount {
  readonly way: Way;
  /** Whether the same amount of native coin is sent along. */
  readonly isValue: boolean;
  /** Set if what is asked for is the amount with a minus sign: a short position, a reduction. Of these, no share is asked for. */
  readonly isNegative?: true;
  /** All places of the amount, if others than these. */
  readonly places?: readonly AmountPlace[];
  /** Which amount: the largest that is accepted, or the least. */
  readonly seeks: "most" | "least";
  /** The part of that amount that is asked for, parts per million; above a million for more than the least. */
  readonly share: number;
  /** Amounts that tell whether any is accepted: in descending order for `most`, ascending for `least`. */
  readonly amounts: readonly bigint[];
  /** Bisections between one that is accepted and one that is not: 20 come within a millionth. */
  readonly steps: number;
  /** Another amount of the call that is sought once this one is found. */
  readonly next?: OpenAmount;
}

/** A call, one amount of which may be open. What it says of that amount is a guess. */
export interface OpenCall extends ContractCall {
  readonly open?: OpenAmount;
  /** The word of its return data that is an error code: the call is refused if it is from 1 to 255. */
  readonly code?: number;
}

/** Where the amount is. */
export function placesOf({ way, isValue, places }: OpenAmount): readonly AmountPlace[] {
  return places ?? (isValue ? [way, []] : [way]).map((one) => ({ inner: [], way: one }));
}

/** The call with the amount that was found. */
export function withFound({ open, ...call }: OpenCall, found: bigint): OpenCall {
  if (open === undefined) return call;
  const amount = open.isNegative === true ? BigInt.asIntN(256, found) : found;
  return placesOf(open).reduce((filled: ContractCall, place) => withAmountAt(filled, place, amount), call);
}

function withAmountAt(call: ContractCall, { inner: [at, ...rest], way }: AmountPlace, amount: bigint): ContractCall {
  if (at === undefined) return withAmount(call, way, amount);
  const { inner = [] } = call;
  return {
    ...call,
    inner: inner.map((made, index) => (index === at ? withAmountAt(made, { inner: rest, way }, amount) : made)),
  };
}

/** The call with an amount in place of what it says. */
export function withAmount<T extends { readonly args: readonly unknown[]; readonly value?: bigint }>(
  call: T,
  way: Way,
  amount: bigint,
): T {
  if (way.length === 0) return { ...call, value: amount };
  // viem takes integers of up to 48 bits as numbers
  const changed = (value: unknown): unknown => (typeof value === "number" ? Number(amount) : amount);
  return { ...call, args: changedAt(call.args, way, changed) as readonly unknown[] };
}

/** The arguments of a call, or a part of them, with another value at a place. */
export function changedAt(value: unknown, [head, ...rest]: Way, change: (value: unknown) => unknown): unknown {
  if (head === undefined) return change(value);
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((item, index) => (index === head ? changedAt(item, rest, change) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [head]: changedAt(object[head], rest, change) };
}
