import type { RecordedTransaction } from "./recorded.js";

/** A recorded transaction in its place in a simulated block. */
export interface PlacedTransaction {
  readonly transaction: RecordedTransaction;
  /** How many of the scenario's calls come before it. */
  readonly behind: number;
}

/**
 * Interleaves recorded transactions with the calls of a block, keeping their order. A call goes before a recorded
 * transaction if it pays a higher priority fee than that one and everything after it: a builder who placed a bundle paying
 * nothing before one paying 100 gwei had its reasons, and is paid some other way.
 *
 * @param calls - in block order
 */
export function interleaved(
  calls: readonly { readonly tip: bigint }[],
  flow: readonly RecordedTransaction[],
): readonly PlacedTransaction[] {
  let behind = calls.length;
  let rank = 0n;
  return flow
    .toReversed()
    .map((transaction) => {
      if (transaction.tip > rank) rank = transaction.tip;
      // calls placed after a cheaper one, as by a builder who reorders, stay after it
      while (behind > 0 && calls.slice(0, behind).some(({ tip }) => tip <= rank)) behind -= 1;
      return { transaction, behind };
    })
    .toReversed();
}
