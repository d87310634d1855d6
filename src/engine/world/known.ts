import type { Address, Hex } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";
import type { CodeConstants } from "../../target/constants.js";
import type { Dictionary } from "../../target/dictionary.js";
import type { Directory } from "../../target/directory.js";

import { addressKey } from "../../quantity/address.js";
import { parameterKey } from "../../target/arguments/parameter-key.js";

/** What events and calls said in a run, the latest first. Plain data. */
export interface Seen {
  readonly numbers: readonly bigint[];
  readonly addresses: readonly Address[];
  readonly words: readonly Hex[];
  /** Integers that accepted calls were made with, by the parameter's name, see `parameterKey`. */
  readonly used: Readonly<Record<string, readonly bigint[]>>;
}

/** Nothing, as before the first block. */
export const NOTHING_SEEN: Seen = { numbers: [], addresses: [], words: [], used: {} };

/** Decimals of prices: of Chainlink's feeds in US dollars, of most contracts, and of USDC. */
const DECIMALS = [8, 18, 6];

/** Everything that may be an argument in the state of a moment. */
export function knownValues(
  said: Dictionary,
  seen: Seen,
  {
    constants,
    directory,
    native,
    timestamp,
    prices,
  }: {
    readonly constants: CodeConstants;
    readonly directory: Directory;
    readonly native: (account: Address) => bigint;
    readonly timestamp: number;
    readonly prices: ReadonlyMap<string, number>;
  },
): KnownValues {
  return {
    now: BigInt(timestamp),
    numbers: said.numbers,
    of: (account) => said.byAccount.get(addressKey(account)) ?? [],
    seen: seen.numbers,
    hashes: seen.words.map(BigInt),
    used: (name) => seen.used[parameterKey(name)] ?? [],
    prices: DECIMALS.flatMap((decimals) => [...prices.values()].map((price) => scaled(price, decimals))),
    constants: constants.numbers,
    addresses: [...new Set([...seen.addresses, ...said.addresses, ...directory.addresses, ...constants.addresses])],
    named: (name) => directory.named(name),
    words: [...new Set([...seen.words, ...said.words, ...constants.words])],
    texts: [...said.texts, ...constants.texts],
    native,
  };
}

/** A price as an integer, to nine significant digits at least: more than any feed has. */
function scaled(price: number, decimals: number): bigint {
  return (BigInt(Math.round(price * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n;
}
