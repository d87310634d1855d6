import type { Hex } from "viem";

import { concatHex, keccak256, numberToHex } from "viem";

const values: Hex[] = [keccak256(numberToHex(0, { size: 32 }))];

/**
 * The prevrandao of a run's block: arbitrary, but the same in every run. Each is the hash of the one before it, which is
 * how EDR continues by itself from the first value it is given.
 */
export function prevRandao(block: number): Hex {
  while (values.length <= block) values.push(keccak256(values.at(-1) ?? "0x"));
  return values[block] ?? "0x";
}

const following = new Map<Hex, Hex>();

/** The next value; computed once. */
export function nextRandao(value: Hex): Hex {
  const known = following.get(value);
  if (known !== undefined) return known;
  const next = keccak256(value);
  following.set(value, next);
  return next;
}

/** The first value of blocks that replace others in a reorg: another lottery. */
export function otherRandao(value: Hex): Hex {
  return keccak256(concatHex([value, "0x01"]));
}
