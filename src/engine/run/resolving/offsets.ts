import type { AbiParameter, Hex } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { AmountPlace, Way } from "../../../protocols/open-amount.js";

import { encodeCall } from "../../../protocols/call.js";
import { withAmount } from "../../../protocols/open-amount.js";

const WORD = 32;
const SELECTOR = 4;

/** Words before the calldata of a call that another makes: `to`, `value`, the offset of `data` and its length. */
const INNER_HEAD = 4;

/** Words from the value of such a call to its calldata. */
const FROM_VALUE = 3;

/** Where an amount is in the calldata, in bytes from its start; `undefined` for the value that is sent along. */
export function offsetIn(call: ContractCall, { inner: [place, ...rest], way }: AmountPlace): number | undefined {
  const made = place === undefined ? undefined : call.inner?.[place];
  if (place === undefined || made === undefined) return way.length === 0 ? undefined : offsetOf(call, way);
  return startOf(call, place) + (offsetIn(made, { inner: rest, way }) ?? -FROM_VALUE * WORD);
}

/** Where the calldata of a call that another makes begins: such calls are the last argument, and its last part. */
function startOf(call: ContractCall, place: number): number {
  const behind = (call.inner ?? []).slice(place);
  const padded = behind.map((made) => Math.ceil(sizeOf(made) / WORD) * WORD);
  return sizeOf(call) - padded.reduce((sum, size) => sum + size, 0) - (behind.length - 1) * INNER_HEAD * WORD;
}

function sizeOf(call: ContractCall): number {
  return encodeCall(call).length / 2 - 1;
}

const offsets = new WeakMap<object, Map<string, number>>();

/** Where an argument is: where the calldata differs if the argument does. */
function offsetOf(call: ContractCall, way: Way): number {
  const isFixed = call.function.inputs.every(isStatic);
  const key = way.join();
  const known = offsets.get(call.function)?.get(key);
  if (isFixed && known !== undefined) return known;
  const offset = differenceOf(encoded(call, way, 0n), encoded(call, way, 1n));
  if (isFixed) offsets.set(call.function, (offsets.get(call.function) ?? new Map<string, number>()).set(key, offset));
  return offset;
}

function encoded(call: ContractCall, way: Way, amount: bigint): Hex {
  return encodeCall(withAmount({ to: call.to, function: call.function, args: call.args }, way, amount));
}

/** The offset of the word that differs, in bytes from the start of the calldata. */
function differenceOf(one: Hex, other: Hex): number {
  let at = 2;
  while (at < one.length && one[at] === other[at]) at += 1;
  const place = Math.floor((at - 2) / 2) - SELECTOR;
  return SELECTOR + place - (place % WORD);
}

function isStatic(parameter: AbiParameter): boolean {
  if (/\[\]|^(bytes|string)$|^(bytes|string)\[/.test(parameter.type)) return false;
  return !("components" in parameter) || parameter.components.every(isStatic);
}
