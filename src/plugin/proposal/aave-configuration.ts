import type { Hex } from "viem";

import type { ChangedPart } from "../../risk/proposal/proposal-result.js";

/**
 * The parts of a reserve's configuration: the first bit and how many, as in `ReserveConfiguration.sol` of Aave V3 core. Shares are in basis points,
 * a bonus is 10,000 and more, caps are whole tokens, the debt ceiling cents.
 */
const PARTS: readonly (readonly [name: string, first: number, bits: number])[] = [
  ["ltv", 0, 16],
  ["liquidationThreshold", 16, 16],
  ["liquidationBonus", 32, 16],
  ["decimals", 48, 8],
  ["active", 56, 1],
  ["frozen", 57, 1],
  ["borrowingEnabled", 58, 1],
  ["stableBorrowingEnabled", 59, 1],
  ["paused", 60, 1],
  ["borrowableInIsolation", 61, 1],
  ["siloedBorrowing", 62, 1],
  ["flashLoanEnabled", 63, 1],
  ["reserveFactor", 64, 16],
  ["borrowCap", 80, 36],
  ["supplyCap", 116, 36],
  ["liquidationProtocolFee", 152, 16],
  ["eModeCategory", 168, 8],
  ["unbackedMintCap", 176, 36],
  ["debtCeiling", 212, 40],
];

/** Those parts of a configuration that differ. */
export function changedParts(from: Hex, to: Hex): readonly ChangedPart[] {
  return PARTS.flatMap(([name, first, bits]) => {
    const part = (word: Hex): bigint => (BigInt(word) >> BigInt(first)) & ((1n << BigInt(bits)) - 1n);
    const [before, after] = [part(from), part(to)];
    return before === after ? [] : [{ name, from: String(before), to: String(after) }];
  });
}
