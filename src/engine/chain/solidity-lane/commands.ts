import type { Address, Hex } from "viem";

import type { BlockEnvironment } from "../chain.js";

import { SiegeError } from "../../../errors.js";

/** The account with the code of a puppet, from which the lane copies it. contracts/Lane.sol holds the same constant. */
export const PUPPET_CODE_ADDRESS: Address = "0x00000000000000000000000000000000051e6e20";

/** A look ahead. */
interface LookAhead extends Pick<BlockEnvironment, "timestamp" | "prevRandao"> {
  readonly blockNumber: number;
  readonly gas: bigint;
  /** The accounts whose calls are made. */
  readonly senders: readonly Address[];
  /** What accounts have of the native coin meanwhile, wei. */
  readonly purses: ReadonlyMap<Address, bigint>;
  /** The Resolver's input. */
  readonly data: Hex;
}

/** The commands of contracts/Lane.sol, which documents them, in hex. */
export const COMMANDS = {
  /** @param calls - packed, as digits */
  block: (
    blockNumber: number,
    { timestamp, baseFee, prevRandao }: BlockEnvironment,
    calls: { readonly moveCoin: boolean; readonly packed: string },
  ): Hex => {
    const moment = `${number(blockNumber, 8)}${number(timestamp, 8)}${number(baseFee, 16)}${prevRandao.slice(2)}`;
    return `0x01${moment}${calls.moveCoin ? "01" : "00"}${calls.packed}`;
  },
  ahead: ({ blockNumber, timestamp, prevRandao, gas, senders, purses, data }: LookAhead): Hex => {
    const moment = `${number(blockNumber, 8)}${number(timestamp, 8)}${prevRandao.slice(2)}${number(gas, 8)}`;
    const puppets = senders.map((sender) => sender.slice(2)).join("");
    const money = [...purses].map(([account, wei]) => account.slice(2) + number(wei, 32)).join("");
    return `0x02${moment}${number(senders.length, 1)}${puppets}${number(purses.size, 1)}${money}${data.slice(2)}`;
  },
  snapshot: (depth: number): Hex => `0x03${number(depth, 2)}`,
  revert: (depth: number): Hex => `0x04${number(depth, 2)}`,
  setCode: (account: Address, code: Hex): Hex => `0x06${account.slice(2)}${code.slice(2)}`,
  setBalance: (account: Address, wei: bigint): Hex => `0x07${account.slice(2)}${number(wei, 32)}`,
  setStorage: (account: Address, slot: bigint, value: bigint): Hex =>
    `0x08${account.slice(2)}${number(slot, 32)}${number(value, 32)}`,
  account: (account: Address): Hex => `0x09${account.slice(2)}`,
  storage: (account: Address, slot: bigint): Hex => `0x0a${account.slice(2)}${number(slot, 32)}`,
  call: (to: Address, data: Hex): Hex => `0x0b${to.slice(2)}${data.slice(2)}`,
};

/**
 * A number in so many bytes, as digits.
 *
 * @throws SiegeError `RPC_FAILED` if it has no room there: such a run has to be played elsewhere
 */
export function number(value: bigint | number, bytes: number): string {
  const digits = value.toString(16).padStart(2 * bytes, "0");
  if (digits.length === 2 * bytes) return digits;
  throw new SiegeError("RPC_FAILED", {
    message: `A lane in the Solidity test runner has no room for ${value} in ${bytes} bytes.`,
    hint: "Nothing was concluded from this run; please report it with the scenario.",
  });
}
