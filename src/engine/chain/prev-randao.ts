import type { Hex } from "viem";

import { concatHex, keccak256, numberToHex } from "viem";

const values: Hex[] = [keccak256(numberToHex(0, { size: 32 }))];

/**
 * The prevrandao of a run's block: arbitrary, but the same in every run. Each is the hash of the one before it, which is
 * how EDR goes on by itself from the first that it is told.
 */
export function prevRandao(block: number): Hex {
  while (values.length <= block) values.push(keccak256(values.at(-1) ?? "0x"));
  return values[block] ?? "0x";
}

const following = new Map<Hex, Hex>();

/** The one that follows; made once. */
export function nextRandao(value: Hex): Hex {
  const known = following.get(value);
  if (known !== undefined) return known;
  const next = keccak256(value);
  following.set(value, next);
  return next;
}

/** Where the blocks go on from that replace others after a reorganisation: it is another lottery. */
export function otherRandao(value: Hex): Hex {
  return keccak256(concatHex([value, "0x01"]));
}
