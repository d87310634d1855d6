import type { Address, Hex } from "viem";

import type { StoredValues } from "../../target/stored-values.js";
import type { Chain } from "../chain/chain.js";

import { numberToHex } from "viem";

import { addressKey } from "../../quantity/address.js";
import { packedAddresses, storedValues } from "../../target/stored-values.js";

import { unlessMissing } from "./unless-missing.js";

/** The most contracts that are looked into, and slots of each. */
const MOST_CONTRACTS = 8;
const SLOTS = 32;

/** Slots that are read together; behind as many empty ones nothing more is expected. */
const TOGETHER = 8;

/** The most addresses that may or may not be ones whose code is looked up. */
const MOST_LOOKED_UP = 128;

/** Selects what is not known otherwise. */
export interface KnownOtherwise {
  /** Accounts, tokens and contracts that have names, and addresses that views and code tell; lower-case. */
  readonly addresses: ReadonlySet<string>;
  readonly numbers: ReadonlySet<bigint>;
  readonly words: ReadonlySet<Hex>;
}

/** What the first storage slots of contracts say that nothing else tells: private variables. */
export async function storedBy(
  chain: Chain,
  contracts: readonly Address[],
  known: KnownOtherwise,
): Promise<StoredValues> {
  const words: Hex[] = [];
  for (const contract of contracts.slice(0, MOST_CONTRACTS)) words.push(...(await firstWords(chain, contract)));
  const real = new Set<string>();
  const asked = new Set(words.flatMap(packedAddresses));
  for (const address of [...asked].slice(0, MOST_LOOKED_UP)) {
    const code = known.addresses.has(addressKey(address)) ? "0xfe" : await unlessMissing(chain.code(address));
    if (code !== undefined && code !== "0x") real.add(address);
  }
  const { addresses, numbers, words: others } = storedValues(words, (address) => real.has(address));
  return {
    addresses: addresses.filter((address) => !known.addresses.has(addressKey(address))),
    numbers: numbers.filter((number) => !known.numbers.has(number)),
    words: others.filter((word) => !known.words.has(word)),
  };
}

/** What is in a contract's first slots, as far as anything is. */
async function firstWords(chain: Chain, contract: Address): Promise<readonly Hex[]> {
  const words: Hex[] = [];
  for (let first = 0; first < SLOTS; first += TOGETHER) {
    const slots = Array.from({ length: TOGETHER }, (_none, at) => numberToHex(first + at, { size: 32 }));
    const read = await Promise.all(slots.map((slot) => unlessMissing(chain.storage(contract, slot))));
    const filled = read.filter((word) => word !== undefined && BigInt(word) !== 0n);
    if (filled.length === 0) break;
    words.push(...(filled as readonly Hex[]).map((word) => numberToHex(BigInt(word), { size: 32 })));
  }
  return words;
}
