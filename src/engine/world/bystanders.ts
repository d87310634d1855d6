import type { Address } from "viem";

import type { Chain } from "../chain/chain.js";

import { getAddress } from "viem";

import { addressKey } from "../../quantity/address.js";

/** Enough for any fixture. */
const MOST = { blocks: 256, senders: 8 };

/**
 * Accounts that set the chain up and belong to no scenario: the deployer, and users of the fixture. They hold what an attack may
 * take, and have approved nobody.
 */
export async function bystanders(
  chain: Chain,
  accounts: ReadonlyMap<string, Address>,
): Promise<readonly (readonly [string, Address])[]> {
  const known = new Set([...accounts.values()].map(addressKey));
  const senders = await chain.localSenders(MOST);
  return senders
    .filter((sender) => !known.has(addressKey(sender)))
    .map((sender) => [`bystander ${sender}`, getAddress(sender)] as const);
}
