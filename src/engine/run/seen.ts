import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { Log } from "../chain/transaction.js";
import type { Seen } from "../world/known.js";

import { parameterKey } from "../../target/arguments/parameter-key.js";

/** How many of each are remembered. */
const REMEMBERED = 24;

/** How many integers are remembered of a parameter. */
const USED = 6;

/** The most words of an event that are looked at. */
const MOST_WORDS = 8;

/** Numbers have fewer bits, and addresses more than this: few real addresses begin with six zero bytes. */
const NUMBER_BITS = 112;

/** What a block brought to light. */
export interface News {
  readonly logs: readonly Log[];
  /** Words that calls returned. */
  readonly returned?: readonly Hex[];
  /** The calls that succeeded. */
  readonly calls?: readonly Pick<ContractCall, "args" | "function">[];
}

/**
 * What is known after a block, the latest first. The words of events and returned ones are sorted by their size: no ABI is needed.
 */
export function seenAfter(before: Seen, { logs, returned = [], calls = [] }: News): Seen {
  if (logs.length === 0 && returned.length === 0 && calls.length === 0) return before;
  const numbers: bigint[] = [];
  const addresses: Address[] = [];
  const words: Hex[] = [];
  const sort = (word: Hex): void => {
    const value = BigInt(word);
    if (value < 2n ** BigInt(NUMBER_BITS)) numbers.push(value);
    else if (value < 2n ** 160n) addresses.push(`0x${word.slice(26)}`);
    else words.push(word);
  };
  for (const { address, topics, data } of logs) {
    addresses.push(address.toLowerCase() as Address);
    for (const word of [...topics.slice(1), ...wordsOf(data)]) sort(word);
  }
  for (const word of returned) sort(word);
  return {
    numbers: latest(numbers, before.numbers),
    addresses: latest(addresses, before.addresses),
    words: latest(words, before.words),
    used: usedAfter(before.used, calls),
  };
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

function wordsOf(data: Hex): readonly Hex[] {
  const count = Math.min(MOST_WORDS, Math.floor((data.length - 2) / 64));
  return Array.from({ length: count }, (_, at): Hex => `0x${data.slice(2 + 64 * at, 66 + 64 * at)}`);
}

function latest<T>(news: readonly T[], before: readonly T[]): readonly T[] {
  return [...new Set([...news.toReversed(), ...before])].slice(0, REMEMBERED);
}
