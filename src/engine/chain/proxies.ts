import type { Address, Hex } from "viem";

import type { ProxyKind } from "../../target/source.js";
import type { Chain } from "./chain.js";

import { decodeFunctionResult, getAddress, keccak256, numberToHex, parseAbi, stringToBytes, zeroAddress } from "viem";

import { canDelegate } from "../../target/bytecode.js";

/** A proxy as the chain shows it. */
export interface Proxy {
  readonly kind: ProxyKind;
  /** The contracts whose code it runs; with the functions that it takes from each, if it takes only some. */
  readonly implementations: readonly { readonly address: Address; readonly selectors?: readonly Hex[] }[];
}

/** The slots in which proxies keep the address of an implementation. */
export const IMPLEMENTATION_SLOTS: readonly (readonly [ProxyKind, Hex])[] = [
  // https://eips.ethereum.org/EIPS/eip-1967
  ["ERC-1967", slotBefore("eip1967.proxy.implementation")],
  // https://eips.ethereum.org/EIPS/eip-1822
  ["ERC-1822", keccak256(stringToBytes("PROXIABLE"))],
  // https://github.com/OpenZeppelin/openzeppelin-sdk/blob/v2.8.0/packages/lib/contracts/upgradeability/BaseUpgradeabilityProxy.sol
  ["zeppelinos", keccak256(stringToBytes("org.zeppelinos.proxy.implementation"))],
];

const BEACON_SLOT = slotBefore("eip1967.proxy.beacon");

const BEACON_ABI = parseAbi(["function implementation() view returns (address)"]);
const IMPLEMENTATION = "0x5c60da1b";

// https://eips.ethereum.org/EIPS/eip-2535#diamond-loupe
const LOUPE_ABI = parseAbi([
  "struct Facet { address facetAddress; bytes4[] functionSelectors; }",
  "function facets() view returns (Facet[])",
]);
const FACETS = "0x7a0ed627";

/**
 * Clones have the address in their code: PUSH20, GAS and DELEGATECALL, after at most 30 bytes that copy the calldata.
 * Solidity's, Vyper's and the shorter forms with PUSH0 differ in those bytes; arguments may follow.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1167
 */
const CLONE = /^0x(?:3[0-9a-f]|5f)(?:[0-9a-f]{2}){1,30}?73([0-9a-f]{40})5af4/i;

/** A selector that no contract is known to have. */
const UNKNOWN: Hex = "0x51e6eb10";

/**
 * How a contract passes calls on: by the slots of ERC-1967, ERC-1822 and zeppelinos, by a diamond's loupe, or by the code
 * of a minimal clone. `undefined` if it does not, or by no standard.
 */
export async function proxyAt(chain: Chain, address: Address, code: Hex): Promise<Proxy | undefined> {
  if (!canDelegate(code)) return undefined;
  for (const [kind, slot] of IMPLEMENTATION_SLOTS) {
    const proxy = await running(chain, kind, addressIn(await chain.storage(address, slot)));
    if (proxy !== undefined) return proxy;
  }
  const beacon = addressIn(await chain.storage(address, BEACON_SLOT));
  const proxy = await running(chain, "beacon", await implementationOf(chain, beacon));
  if (proxy !== undefined) return proxy;
  const [, cloned] = CLONE.exec(code) ?? [];
  return (await running(chain, "minimal clone", addressIn(cloned))) ?? (await diamondAt(chain, address));
}

/** Where a contract passes a call on of a function that it cannot know; `undefined` if it does not. */
export async function delegateOf(chain: Chain, address: Address, code: Hex): Promise<Address | undefined> {
  return canDelegate(code) ? (await chain.delegatesOf(address, UNKNOWN))[0] : undefined;
}

/**
 * The same for a contract of no standard, by watching calls: whether it passes on a call of a function that it cannot know
 * or, like a diamond without a loupe, calls of some of these functions.
 *
 * @param options - `delegate`: where it passes the one on, see {@link delegateOf}; `selectors`: of functions that may be behind it
 */
export async function delegatingAt(
  chain: Chain,
  address: Address,
  code: Hex,
  { delegate, selectors }: { readonly delegate: Address | undefined; readonly selectors: Iterable<Hex> },
): Promise<Proxy | undefined> {
  if (!canDelegate(code)) return undefined;
  const proxy = await running(chain, "delegating", delegate);
  if (proxy !== undefined) return proxy;
  const passed = new Map<Address, Hex[]>();
  for (const selector of selectors) {
    const [to] = await chain.delegatesOf(address, selector);
    if (to !== undefined) passed.set(to, [...(passed.get(to) ?? []), selector]);
  }
  if (passed.size === 0) return undefined;
  return { kind: "delegating", implementations: [...passed].map(([to, taken]) => ({ address: to, selectors: taken })) };
}

/** A slot that has no known preimage, as ERC-1967 asks for. */
function slotBefore(name: string): Hex {
  return numberToHex(BigInt(keccak256(stringToBytes(name))) - 1n, { size: 32 });
}

async function running(chain: Chain, kind: ProxyKind, implementation: Address | undefined): Promise<Proxy | undefined> {
  // what a slot holds may be anything
  if (implementation === undefined || (await chain.code(implementation)) === "0x") return undefined;
  return { kind, implementations: [{ address: implementation }] };
}

async function implementationOf(chain: Chain, beacon: Address | undefined): Promise<Address | undefined> {
  if (beacon === undefined || (await chain.code(beacon)) === "0x") return undefined;
  const returned = await chain.call(beacon, IMPLEMENTATION);
  if (returned === undefined) return undefined;
  try {
    return addressIn(decodeFunctionResult({ abi: BEACON_ABI, data: returned }));
  } catch {
    return undefined;
  }
}

async function diamondAt(chain: Chain, address: Address): Promise<Proxy | undefined> {
  const returned = await chain.call(address, FACETS);
  if (returned === undefined || returned === "0x") return undefined;
  try {
    const facets = decodeFunctionResult({ abi: LOUPE_ABI, data: returned });
    if (facets.length === 0) return undefined;
    return {
      kind: "diamond",
      implementations: facets.map(({ facetAddress, functionSelectors }) => ({
        address: facetAddress,
        selectors: functionSelectors,
      })),
    };
  } catch {
    // a fallback that answers anything
    return undefined;
  }
}

/** The address in the last 20 bytes of a word, or `undefined` if there is none. */
function addressIn(word: string | undefined): Address | undefined {
  if (word === undefined || word.length < 40) return undefined;
  const address = getAddress(`0x${word.slice(-40)}`);
  return address === zeroAddress ? undefined : address;
}
