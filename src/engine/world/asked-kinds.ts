import type { Address } from "viem";

import type { AskedKind } from "../../target/dictionary.js";
import type { Chain } from "../chain/chain.js";
import type { Creation } from "./creation.js";

import { createdAt } from "./creation.js";
import { unlessMissing } from "./unless-missing.js";

/** How many created contracts of a kind are asked: the latest that exist, and the next of each creator. */
const MOST_EXISTING = 4;
const NEXT = 2;

/** The most creators, and kinds of what is created, that are asked. */
const MOST_CREATORS = 4;
const MOST_KINDS = 4;

/**
 * Contracts of which views are asked although they need not exist yet: those that were created before the siege, and those that come
 * next of what is created without a salt, of whatever kind they may be.
 */
export async function askedKinds(chain: Chain, creation: Creation | undefined): Promise<readonly AskedKind[]> {
  if (creation === undefined) return [];
  const next: Address[] = [];
  for (const [creator, nonce] of [...creation.creators].slice(0, MOST_CREATORS)) {
    for (let at = 0; at < NEXT; at++) {
      const address = createdAt(creator, nonce + at);
      // a read of an account that a snapshot does not hold would fail with all others of a block
      if ((await unlessMissing(chain.code(address))) !== undefined) next.push(address);
    }
  }
  return creation.kinds.slice(0, MOST_KINDS).map(({ name, abi }) => ({
    name,
    abi,
    addresses: [...(creation.existing.get(name) ?? []).slice(-MOST_EXISTING), ...next],
  }));
}
