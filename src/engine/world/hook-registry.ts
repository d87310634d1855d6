import type { Address, Hex } from "viem";

import type { Chain } from "../chain/chain.js";

import { encodeAbiParameters, keccak256, pad, stringToHex } from "viem";

/**
 * The registry of ERC-1820, in which receivers and senders of ERC-777 tokens ask to be called.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1820
 */
const REGISTRY: Address = "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24";

const HOOKS = ["ERC777TokensRecipient", "ERC777TokensSender"].map((name) => keccak256(stringToHex(name)));

/** Whether one of the contracts asks the registry, by its address in their code, and the chain has it. */
export async function asksRegistry(chain: Chain, contracts: Iterable<Address>): Promise<boolean> {
  const sought = REGISTRY.slice(2).toLowerCase();
  for (const contract of contracts) {
    if ((await chain.code(contract)).includes(sought)) return (await chain.code(REGISTRY)) !== "0x";
  }
  return false;
}

/** Enters an account in the registry as the one to be called for itself, as it could do on its own. */
export async function register(chain: Chain, account: Address): Promise<void> {
  for (const hook of HOOKS) await chain.setStorage(REGISTRY, implementerSlot(account, hook), pad(account));
}

/** `mapping(address => mapping(bytes32 => address)) internal interfaces`, the registry's first variable. */
function implementerSlot(account: Address, hook: Hex): Hex {
  const ofAccount = keccak256(encodeAbiParameters([{ type: "address" }, { type: "uint256" }], [account, 0n]));
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, { type: "bytes32" }], [hook, ofAccount]));
}
