import type { Address, Hex } from "viem";

import type { StateBundle } from "../chain/state-upstream/state-bundle.js";

import { getAddress } from "viem";

import { addressKey } from "../../quantity/address.js";
import { IMPLEMENTATION_SLOTS } from "../chain/proxies.js";

/** Where the code of a contract stands: at its address or, behind a proxy that keeps it in a slot, at its implementation. */
export function codeAddress({ accounts }: Pick<StateBundle, "accounts">, contract: Address): Address {
  const storage: Readonly<Record<Hex, Hex>> = accounts[addressKey(contract)]?.storage ?? {};
  for (const [, slot] of IMPLEMENTATION_SLOTS) {
    const word: Hex | undefined = storage[slot];
    if (word === undefined || BigInt(word) === 0n) continue;
    const implementation = getAddress(`0x${word.slice(-40)}`);
    if ((accounts[addressKey(implementation)]?.code ?? "0x") !== "0x") return implementation;
  }
  return contract;
}
