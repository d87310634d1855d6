import type { Address, Hex } from "viem";

import type { Log } from "../chain/transaction.js";
import type { Seen } from "../world/known.js";

/** How many of each are remembered. */
const REMEMBERED = 24;

/** The most words of an event that are looked at. */
const MOST_WORDS = 8;

/** Numbers have fewer bits, and addresses more than this: few real addresses begin with six zero bytes. */
const NUMBER_BITS = 112;

/**
 * What is known after a block's events and what its calls returned, the latest first. Words are sorted by their size: no ABI is
 * needed.
 */
export function seenAfter(before: Seen, logs: readonly Log[], returned: readonly Hex[] = []): Seen {
  if (logs.length === 0 && returned.length === 0) return before;
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
  };
}

function wordsOf(data: Hex): readonly Hex[] {
  const count = Math.min(MOST_WORDS, Math.floor((data.length - 2) / 64));
  return Array.from({ length: count }, (_, at): Hex => `0x${data.slice(2 + 64 * at, 66 + 64 * at)}`);
}

function latest<T>(news: readonly T[], before: readonly T[]): readonly T[] {
  return [...new Set([...news.toReversed(), ...before])].slice(0, REMEMBERED);
}
