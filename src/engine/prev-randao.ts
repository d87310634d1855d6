import type { Hex } from "viem";

import { keccak256, numberToHex } from "viem";

/** The prevrandao of a run's block: arbitrary, but the same in every run. */
export function prevRandao(block: number): Hex {
  return keccak256(numberToHex(block, { size: 32 }));
}
