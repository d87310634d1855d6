import type { Address, Hex } from "viem";

import type { StateBundle } from "../../engine/chain/state-upstream/state-bundle.js";
import type { AddressNames } from "./names.js";

import { LENS_ADDRESS } from "../../engine/chain/lens.js";
import { isSameAddress } from "../../quantity/address.js";

import { bytesLiteral, numberLiteral } from "./literals.js";
import { pascal } from "./names.js";

/** `setUp()` and a function for each account: its code, its balance, its storage. */
export function stateLines(
  names: AddressNames,
  { accounts }: Pick<StateBundle, "accounts">,
): {
  readonly calls: readonly string[];
  readonly functions: readonly string[];
} {
  const loaded = Object.entries(accounts)
    .filter(([address]) => !isSameAddress(address as Address, LENS_ADDRESS))
    .map(([address, account]) => {
      const name = names.of(address as Address, account.code === "0x" ? "ACCOUNT" : "CONTRACT");
      const balance = BigInt(account.balance);
      const nonce = BigInt(account.nonce);
      const slots = Object.entries(account.storage) as [Hex, Hex][];
      return {
        call: `_load${pascal(name)}();`,
        lines: [
          `function _load${pascal(name)}() private {`,
          `    _known[${name}].account = true;`,
          ...(account.code === "0x" ? [] : [`    VM.etch(${name}, ${bytesLiteral(account.code)});`]),
          ...(balance === 0n ? [] : [`    VM.deal(${name}, ${numberLiteral(balance)});`]),
          ...(nonce === 0n ? [] : [`    VM.setNonceUnsafe(${name}, ${nonce});`]),
          ...slots.map(([slot, value]) => `    _slot(${name}, ${slot}, ${value});`),
          "}",
          "",
        ],
      };
    });
  return { calls: loaded.map(({ call }) => call), functions: loaded.flatMap(({ lines }) => lines) };
}
