import type { Address, Hex } from "viem";

import { hexToBigInt, keccak256, size, slice, stringToHex } from "viem";

import { isSameAddress } from "../../quantity/address.js";

/** Topic of the log that tells in which callback calls were made, see contracts/Raider.sol. */
const CALLED_BACK_TOPIC: Hex = keccak256(stringToHex("hardhat-siege called back"));

/** A callback in which an account made calls. */
export interface Callback {
  readonly account: Address;
  /** The selector that the account was called with, `0x00000000` for `receive`. */
  readonly selector: Hex;
  /** Of the calls that waited for it, those that succeeded, a bit for each. */
  readonly done: bigint;
}

/** The callbacks that a receipt's logs tell of. */
export function callbacksIn(
  logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[],
): readonly Callback[] {
  return logs.flatMap(({ address, topics: [topic], data }) =>
    topic === CALLED_BACK_TOPIC && size(data) === 32
      ? [{ account: address, selector: slice(data, 0, 4), done: hexToBigInt(slice(data, 4)) }]
      : [],
  );
}

/** The first callback of an account. */
export function callbackOf(account: Address | undefined, callbacks: readonly Callback[]): Callback | undefined {
  return callbacks.find((one) => account !== undefined && isSameAddress(one.account, account));
}

/** Whether a call succeeded that waited for a callback, by its place among those. */
export function hasSucceeded(callback: Callback | undefined, index: number): boolean {
  return callback !== undefined && ((callback.done >> BigInt(index)) & 1n) === 1n;
}
