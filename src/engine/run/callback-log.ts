import type { Address, Hex } from "viem";

import type { TreeCall } from "./call-tree.js";

import { hexToBigInt, keccak256, size, slice, stringToHex } from "viem";

import { isSameAddress } from "../../quantity/address.js";

import { isCalledBack } from "./call-tree.js";

/** Topic of the log that tells in which callback calls were made, see contracts/Raider.sol. */
const CALLED_BACK_TOPIC: Hex = keccak256(stringToHex("hardhat-siege called back"));

/** Above a bit for each call: whether the callback came. */
const CAME = 223n;

/** What became of a callback that an account waited for to make calls in it. */
export interface Callback {
  readonly account: Address;
  /** The selector that the account was called with, `0x00000000` for `receive`; absent if the callback did not come. */
  readonly selector?: Hex;
  /** Of the calls that waited for it, those that succeeded, a bit for each. */
  readonly done: bigint;
  /** Those that used all the gas that they had. */
  readonly exhausted: bigint;
}

/** The callbacks that a receipt's logs tell of; of those inside each other, the innermost first. */
export function callbacksIn(
  logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[],
): readonly Callback[] {
  return logs.flatMap(({ address: account, topics: [topic], data }): readonly Callback[] => {
    if (topic !== CALLED_BACK_TOPIC) return [];
    if (size(data) === 0) return [{ account, done: 0n, exhausted: 0n }];
    if (size(data) !== 64) return [];
    const done = BigInt.asUintN(Number(CAME), hexToBigInt(slice(data, 4, 32)));
    return [{ account, selector: slice(data, 0, 4), done, exhausted: hexToBigInt(slice(data, 32)) }];
  });
}

/** The callback of an account in which its transaction made calls, of several inside each other the outermost. */
export function callbackOf(account: Address | undefined, callbacks: readonly Callback[]): Callback | undefined {
  return callbacks.findLast((one) => account !== undefined && isSameAddress(one.account, account));
}

/**
 * The callbacks of a transaction that waits for them, by the call that does.
 *
 * @param account - whose transaction it is
 */
export function callbacksOf<CallT extends TreeCall<CallT>>(
  call: CallT,
  account: Address | undefined,
  callbacks: readonly Callback[],
): ReadonlyMap<CallT, Callback> {
  const left = callbacks.filter((one) => account !== undefined && isSameAddress(one.account, account));
  const found = new Map<CallT, Callback>();
  // each is told when it ends: the last first, and whatever reverted is not told
  const find = (waiting: CallT): void => {
    const callback = left.pop();
    if (callback === undefined) return;
    found.set(waiting, callback);
    for (const [index, made] of [...(waiting.inner ?? []).slice(1).entries()].reverse()) {
      if (isCalledBack(made) && hasSucceeded(callback, index)) find(made);
    }
  };
  find(call);
  return found;
}

/** Whether a call succeeded that waited for a callback, by its place among those. */
export function hasSucceeded(callback: Callback | undefined, index: number): boolean {
  return callback !== undefined && isSet(callback.done, index);
}

/** Whether such a call reverted as it used all the gas that it had. */
export function isExhausted(callback: Callback | undefined, index: number): boolean {
  return callback !== undefined && isSet(callback.exhausted, index);
}

function isSet(bits: bigint, index: number): boolean {
  return ((bits >> BigInt(index)) & 1n) === 1n;
}
