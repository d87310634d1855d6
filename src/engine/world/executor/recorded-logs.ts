import type { Hex } from "viem";

import type { Log } from "../../chain/transaction.js";

/** Hex digits of a word. */
const WORD = 64;

/**
 * The logs that the cheatcode `getRecordedLogs` returned, `(bytes32[] topics, bytes data, address emitter)[]`. By hand: a
 * library's decoder would take longer than the calls.
 *
 * @param encoded - hex digits; empty if there are none
 */
export function unpackLogs(encoded: string): readonly Log[] {
  if (encoded.length === 0) return [];
  const number = (at: number): number => Number.parseInt(encoded.slice(at, at + WORD), 16);
  const list = 2 * number(0);
  const first = list + WORD;
  return Array.from({ length: number(list) }, (_none, index): Log => {
    const log = first + 2 * number(first + WORD * index);
    const topics = log + 2 * number(log);
    const data = log + 2 * number(log + WORD);
    return {
      address: `0x${encoded.slice(log + 2 * WORD + 24, log + 3 * WORD)}`,
      topics: Array.from({ length: number(topics) }, (_topic, at): Hex => {
        const from = topics + WORD * (at + 1);
        return `0x${encoded.slice(from, from + WORD)}`;
      }),
      data: `0x${encoded.slice(data + WORD, data + WORD + 2 * number(data))}`,
    };
  });
}
