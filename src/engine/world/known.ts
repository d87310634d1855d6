import type { Address, Hex } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";
import type { CodeConstants } from "../../target/constants.js";
import type { Dictionary } from "../../target/dictionary.js";
import type { Directory } from "../../target/directory.js";
import type { StoredValues } from "../../target/stored-values.js";

import { addressKey } from "../../quantity/address.js";
import { isSameThing, nameWords } from "../../target/arguments/name-words.js";
import { parameterKey } from "../../target/arguments/parameter-key.js";

/** What events and calls said in a run, the latest first. Plain data. */
export interface Seen {
  readonly numbers: readonly bigint[];
  readonly addresses: readonly Address[];
  readonly words: readonly Hex[];
  /** Numbers that are too large for amounts, and that few addresses look like. */
  readonly large: readonly bigint[];
  /** Large numbers and hashes by what events and return values call them, the latest first. */
  readonly told: readonly NamedNumbers[];
  /** Longer byte strings of events. */
  readonly payloads: readonly Hex[];
  /** Integers that accepted calls were made with, by the parameter's name, see `parameterKey`. */
  readonly used: Readonly<Record<string, readonly bigint[]>>;
  /** Ids that an account's own calls named or told of, by the account's key, the earliest first. */
  readonly owned: Readonly<Record<string, readonly bigint[]>>;
}

/** Numbers that go by the same name. */
export interface NamedNumbers {
  /** See `nameWords`. */
  readonly words: readonly string[];
  readonly numbers: readonly bigint[];
}

/** Nothing, as before the first block. */
export const NOTHING_SEEN: Seen = {
  numbers: [],
  addresses: [],
  words: [],
  large: [],
  told: [],
  payloads: [],
  used: {},
  owned: {},
};

/** Decimals of prices: of Chainlink's feeds in US dollars, of most contracts, and of USDC. */
const DECIMALS = [8, 18, 6];

/** What is known of contracts for the whole of a campaign. */
export interface KnownFromStart {
  readonly constants: CodeConstants;
  readonly directory: Directory;
  readonly stored: StoredValues;
  /** How many members enumerations have, by type. */
  readonly members: ReadonlyMap<string, number>;
}

/** Everything that may be an argument in the state of a moment. */
export function knownValues(
  said: Dictionary,
  seen: Seen,
  { constants, directory, stored, members }: KnownFromStart,
  {
    native,
    gasMoney,
    timestamp,
    prices,
  }: {
    readonly native: (account: Address) => bigint;
    readonly gasMoney: (account: Address) => bigint;
    readonly timestamp: number;
    readonly prices: ReadonlyMap<string, number>;
  },
): KnownValues {
  const told = new Map<string, readonly bigint[]>();
  return {
    now: BigInt(timestamp),
    numbers: said.numbers,
    of: (account) => said.byAccount.get(addressKey(account)) ?? [],
    seen: seen.numbers,
    hashes: seen.words.map(BigInt),
    used: (name) => seen.used[parameterKey(name)] ?? [],
    own: (account) => seen.owned[addressKey(account)] ?? [],
    told: (name) => {
      if (seen.told.length === 0) return [];
      const known = told.get(name) ?? toldAs(name, seen);
      told.set(name, known);
      return known;
    },
    large: [...new Set([...seen.large, ...said.words.map(BigInt)])].filter((number) => number > 0n),
    prices: DECIMALS.flatMap((decimals) => [...prices.values()].map((price) => scaled(price, decimals))),
    constants: constants.numbers,
    stored: stored.numbers,
    members,
    addresses: [
      ...new Set([
        ...seen.addresses,
        ...said.addresses,
        ...directory.addresses,
        ...constants.addresses,
        ...stored.addresses,
      ]),
    ],
    named: (name) => directory.named(name),
    words: [...new Set([...seen.words, ...said.words, ...constants.words, ...stored.words])],
    payloads: [...new Set([...seen.payloads, ...said.payloads])],
    texts: [...said.texts, ...constants.texts],
    native,
    gasMoney,
  };
}

function toldAs(name: string, { told }: Seen): readonly bigint[] {
  const words = nameWords(name);
  return [...new Set(told.flatMap((one) => (isSameThing(words, one.words) ? one.numbers : [])))];
}

/** A price as an integer, to nine significant digits at least: more than any feed has. */
function scaled(price: number, decimals: number): bigint {
  return (BigInt(Math.round(price * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n;
}
