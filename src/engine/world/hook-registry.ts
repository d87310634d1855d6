import type { Address, Hex } from "viem";

import type { Chain } from "../chain/chain.js";

import { encodeAbiParameters, keccak256, pad, stringToHex } from "viem";

import { textsIn } from "../../target/constants.js";

/**
 * The registry of ERC-1820, in which receivers and senders of ERC-777 tokens ask to be called.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1820
 */
const REGISTRY: Address = "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24";

const STANDARD = ["ERC777TokensRecipient", "ERC777TokensSender"];

/** Names of interfaces whose implementers are called when tokens move, as those of the standard are made. */
const HOOK_NAME = /^[A-Z]\w*(?:Recipient|Sender|Receiver)$/;

/**
 * The hooks for which contracts ask the registry whom to call: those of ERC-777, and others that their code names, such as
 * `AmpTokensRecipient`. None if no contract has the registry's address in its code, or the chain does not have it.
 */
export async function hooksAskedFor(chain: Chain, contracts: Iterable<Address>): Promise<readonly Hex[]> {
  const sought = REGISTRY.slice(2).toLowerCase();
  const names = new Set<string>();
  for (const contract of contracts) {
    const code = await chain.code(contract);
    if (!code.includes(sought)) continue;
    for (const name of [...STANDARD, ...textsIn(code)]) if (HOOK_NAME.test(name)) names.add(name);
  }
  if (names.size === 0 || (await chain.code(REGISTRY)) === "0x") return [];
  return [...names].map((name) => keccak256(stringToHex(name)));
}

/** Enters an account in the registry as the one to be called for itself, as it could do on its own. */
export async function register(chain: Chain, account: Address, hooks: readonly Hex[]): Promise<void> {
  for (const hook of hooks) await chain.setStorage(REGISTRY, implementerSlot(account, hook), pad(account));
}

/** `mapping(address => mapping(bytes32 => address)) internal interfaces`, the registry's first variable. */
function implementerSlot(account: Address, hook: Hex): Hex {
  const ofAccount = keccak256(encodeAbiParameters([{ type: "address" }, { type: "uint256" }], [account, 0n]));
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, { type: "bytes32" }], [hook, ofAccount]));
}
