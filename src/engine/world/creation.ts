import type { Address, Hex } from "viem";

import type { KnownCode } from "../../target/known-code.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Chain } from "../chain/chain.js";

import { getContractAddress } from "viem";

import { addressKey } from "../../quantity/address.js";
import { canCreate } from "../../target/bytecode.js";
import { isCodeOf } from "../../target/known-code.js";
import { proxyAt } from "../chain/proxies.js";

/** How many of the contracts that come next agents have approved beforehand, as their users would on the day. */
const APPROVED = 8;

/** The most contracts of a creator that are looked up at the start: a factory of the mainnet may have made a million. */
const MOST_EXISTING = 64;

/** What contracts under siege can create during a run. */
export interface Creation {
  /** The contracts that can create others, with their nonces at the base: the next contract's address follows from it. */
  readonly creators: ReadonlyMap<Address, number>;
  /** What is known of what they create. */
  readonly kinds: readonly KnownCode[];
  /** Those that they had created by then, by the name of their code. */
  readonly existing: ReadonlyMap<string, readonly Address[]>;
}

/**
 * Who can create something that is known; `undefined` if nobody can. What is used in the scenario itself, such as a token or another
 * target, is no original of clones.
 *
 * @param options - `taken`: names of the catalogue that other contracts have; `used`: tokens, and contracts of protocols
 */
export async function creationBy(
  chain: Chain,
  target: ResolvedTarget,
  contracts: readonly ResolvedTarget[],
  { taken, used }: { readonly taken: ReadonlySet<string>; readonly used: readonly Address[] },
): Promise<Creation | undefined> {
  const originals = new Set([target.address, ...contracts.map(({ address }) => address), ...used].map(addressKey));
  const kinds = (target.creates ?? [])
    .filter(({ original }) => original === undefined || !originals.has(addressKey(original)))
    .map((kind) => (taken.has(kind.name) ? { ...kind, name: `new ${kind.name}` } : kind));
  if (kinds.length === 0) return undefined;
  const creators = new Map<Address, number>();
  const existing = new Map<string, readonly Address[]>();
  for (const { address, source } of [target, ...contracts]) {
    const running = [address, ...(source?.proxy?.implementations ?? []).map((one) => one.address)];
    const codes = await Promise.all(running.map((one) => chain.code(one)));
    if (!codes.some(canCreate)) continue;
    const nonce = await chain.nonce(address);
    creators.set(address, nonce);
    for (let at = 1; at < nonce && nonce <= MOST_EXISTING; at++) {
      const created = createdAt(address, at);
      const kind = await kindOf(chain, kinds, created, await chain.code(created));
      if (kind !== undefined) existing.set(kind.name, [...(existing.get(kind.name) ?? []), created]);
    }
  }
  return { creators, kinds, existing };
}

/** What agents approve of what is created: what is there, and what comes next of that which is created without a salt. */
export function approvedBy(creation: Creation | undefined): readonly Address[] {
  if (creation === undefined) return [];
  const next = [...creation.creators].flatMap(([from, nonce]) =>
    Array.from({ length: APPROVED }, (_none, index) => createdAt(from, nonce + index)),
  );
  return [...[...creation.existing.values()].flat(), ...next];
}

/** The address of the contract that another creates with this nonce. */
export function createdAt(from: Address, nonce: number): Address {
  return getContractAddress({ opcode: "CREATE", from, nonce: BigInt(nonce) });
}

/** What a created contract is: by its own code or, of a proxy, by that of its implementation. */
export async function kindOf(
  chain: Chain,
  kinds: readonly KnownCode[],
  address: Address,
  code: Hex,
): Promise<KnownCode | undefined> {
  const own = kinds.find((kind) => isCodeOf(kind.code, code));
  if (own !== undefined) return own;
  const proxy = await proxyAt(chain, address, code);
  for (const { address: implementation } of proxy?.implementations ?? []) {
    const running = await chain.code(implementation);
    const behind = kinds.find((kind) => isCodeOf(kind.code, running));
    if (behind !== undefined) return behind;
  }
  return undefined;
}
