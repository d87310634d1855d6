import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { EventFields } from "../../target/event-fields.js";
import type { Log } from "../chain/transaction.js";
import type { NamedNumbers, Seen } from "../world/known.js";

import { addressKey } from "../../quantity/address.js";
import { nameWords } from "../../target/arguments/name-words.js";
import { parameterKey } from "../../target/arguments/parameter-key.js";
import { lastInteger, roleOfUnsigned } from "../../target/arguments/role.js";
import { NO_THINGS } from "../../target/arguments/things.js";
import { toldBy } from "../../target/event-fields.js";

/** How many of each are remembered. */
const REMEMBERED = 24;

/** How many integers are remembered of a parameter. */
const USED = 6;

/** How many ids are remembered of an account. */
const OWNED = 8;

/** How many names of large numbers are remembered, and how many numbers of each. */
const NAMES = 24;
const OF_A_NAME = 6;

/** How many longer byte strings are remembered. */
const PAYLOADS = 8;

/** The most words of an event that are looked at. */
const MOST_WORDS = 8;

/** Numbers have fewer bits, and addresses more than this: few real addresses begin with six zero bytes. */
const NUMBER_BITS = 112;

/** Of what is larger, this may be a number all the same: one address in 65,536 is below. */
const LARGE_BITS = 144;

/** What a block brought to light. */
export interface News {
  readonly logs: readonly Log[];
  /** Words that calls returned, with what their functions call them. */
  readonly returned?: readonly Returned[];
  /** What events tell by name. Default: nothing. */
  readonly fields?: EventFields;
  /** The calls that succeeded. */
  readonly calls?: readonly SucceededCall[];
}

/** A call that succeeded. */
interface SucceededCall extends Pick<ContractCall, "args" | "function"> {
  /** Who made it. Default: nobody in particular. */
  readonly by?: Address;
  /** Default: none. */
  readonly logs?: readonly Log[];
}

/** A word that a call returned. */
export interface Returned {
  /** Empty: it has none. */
  readonly name: string;
  readonly word: Hex;
}

/**
 * What is known after a block, the latest first. The words of events and returned ones are sorted by their size, for which no ABI is
 * needed; what is too large for an amount is also kept by its name, where an ABI tells it.
 */
export function seenAfter(before: Seen, { logs, returned = [], fields = new Map(), calls = [] }: News): Seen {
  if (logs.length === 0 && returned.length === 0 && calls.length === 0) return before;
  const numbers: bigint[] = [];
  const addresses: Address[] = [];
  const words: Hex[] = [];
  const large: bigint[] = [];
  const sort = (word: Hex): void => {
    const value = BigInt(word);
    if (value < 2n ** BigInt(NUMBER_BITS)) numbers.push(value);
    else if (value < 2n ** 160n) {
      addresses.push(`0x${word.slice(26)}`);
      if (value < 2n ** BigInt(LARGE_BITS)) large.push(value);
    } else words.push(word);
  };
  for (const { address, topics, data } of logs) {
    addresses.push(address.toLowerCase() as Address);
    for (const word of [...topics.slice(1), ...wordsOf(data)]) sort(word);
  }
  for (const { word } of returned) sort(word);
  const told = toldBy(logs, fields);
  return {
    numbers: latest(numbers, before.numbers),
    addresses: latest(addresses, before.addresses),
    words: latest(words, before.words),
    large: latest(large, before.large),
    told: toldAfter(before.told, [...told.named, ...returned]),
    payloads: latest(told.payloads, before.payloads).slice(0, PAYLOADS),
    used: usedAfter(before.used, calls),
    owned: ownedAfter(before.owned, calls, fields),
  };
}

/** What is too large for an amount, by name; the name that was told last comes first. */
function toldAfter(before: readonly NamedNumbers[], news: readonly Returned[]): readonly NamedNumbers[] {
  let told = before;
  for (const { name, word } of news) {
    const number = BigInt(word);
    const words = nameWords(name);
    // the largest of all is an allowance without end
    if (words.length === 0 || number < 2n ** BigInt(NUMBER_BITS) || number === 2n ** 256n - 1n) continue;
    const isOfName = (one: NamedNumbers): boolean => one.words.join() === words.join();
    const known = told.find(isOfName)?.numbers ?? [];
    const numbers = [...new Set([number, ...known])].slice(0, OF_A_NAME);
    told = [{ words, numbers }, ...told.filter((one) => !isOfName(one))].slice(0, NAMES);
  }
  return told;
}

function usedAfter(before: Seen["used"], calls: NonNullable<News["calls"]>): Seen["used"] {
  const used: Record<string, readonly bigint[]> = { ...before };
  for (const { function: item, args } of calls) {
    for (const [at, { name = "", type }] of item.inputs.entries()) {
      const arg = args[at];
      if (name === "" || !/^u?int/.test(type)) continue;
      const numbers = (Array.isArray(arg) ? (arg as readonly unknown[]) : [arg]).flatMap((value) =>
        typeof value === "bigint" || typeof value === "number" ? [BigInt(value)] : [],
      );
      const key = parameterKey(name);
      used[key] = [...new Set([...numbers, ...(used[key] ?? [])])].filter((value) => value >= 0n).slice(0, USED);
    }
  }
  return used;
}

/** What accounts come to own, by number: a place in the list means the same from then on. */
function ownedAfter(before: Seen["owned"], calls: readonly SucceededCall[], fields: EventFields): Seen["owned"] {
  const owned: Record<string, readonly bigint[]> = { ...before };
  for (const { function: item, args, by, logs = [] } of calls) {
    if (by === undefined) continue;
    const last = lastInteger(item.inputs);
    const named = item.inputs.flatMap((input, at) => {
      const value = args[at];
      if (typeof value !== "bigint" && typeof value !== "number") return [];
      return roleOfUnsigned(input, at === last, NO_THINGS) === "id" ? [BigInt(value)] : [];
    });
    const told = toldBy(logs, fields).named.flatMap(({ word, isId }) => (isId ? [BigInt(word)] : []));
    if (named.length === 0 && told.length === 0) continue;
    const key = addressKey(by);
    owned[key] = [...new Set([...(owned[key] ?? []), ...named, ...told])].slice(0, OWNED);
  }
  return owned;
}

function wordsOf(data: Hex): readonly Hex[] {
  const count = Math.min(MOST_WORDS, Math.floor((data.length - 2) / 64));
  return Array.from({ length: count }, (_, at): Hex => `0x${data.slice(2 + 64 * at, 66 + 64 * at)}`);
}

function latest<T>(news: readonly T[], before: readonly T[]): readonly T[] {
  return [...new Set([...news.toReversed(), ...before])].slice(0, REMEMBERED);
}
