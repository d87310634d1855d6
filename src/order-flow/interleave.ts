import type { RecordedTransaction } from "./recorded.js";

/** A recorded transaction in its place in a simulated block. */
export interface PlacedTransaction {
  readonly transaction: RecordedTransaction;
  /** How many of the scenario's calls stand before it. */
  readonly behind: number;
}

/**
 * Puts recorded transactions between the calls of a block. They keep their order. A call stands before a recorded one if it
 * pays more than this one and everything behind it did: a builder who put a bundle that pays nothing before one that
 * pays 100 gwei had its reasons, and is paid otherwise.
 *
 * @param calls - in their order
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
      // calls that others were put behind, as a builder does who reorders, stay where they are
      while (behind > 0 && calls.slice(0, behind).some(({ tip }) => tip <= rank)) behind -= 1;
      return { transaction, behind };
    })
    .toReversed();
}
