import type { Hex } from "viem";

import { keccak256, numberToHex } from "viem";

const values: Hex[] = [keccak256(numberToHex(0, { size: 32 }))];

/**
 * The prevrandao of a run's block: arbitrary, but the same in every run. Each is the hash of the one before it, which is
 * how EDR goes on by itself from the first that it is told.
 */
export function prevRandao(block: number): Hex {
  while (values.length <= block) values.push(keccak256(values.at(-1) ?? "0x"));
  return values[block] ?? "0x";
}
