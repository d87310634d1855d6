import type { Trace } from "../events/trace.js";
import type { PlacedAmount } from "./amounts.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { amountsOf, withAmounts } from "./amounts.js";

/** The fraction of every amount that {@link allSmaller} keeps in one step. */
const SCALES = [
  [1n, 2n],
  [3n, 4n],
  [9n, 10n],
] as const;

/**
 * Shrinks all amounts by the same factor, as far as possible. It runs before single amounts are shrunk: the first of those
 * would shrink to almost nothing at the cost of all others, and the report would show millions being moved for a cent.
 */
export const allSmaller: Pass = async (trace, trial) => {
  let current = trace;
  for (const [numerator, denominator] of SCALES) {
    for (;;) {
      const scaled = amountsOf(current, trial.kinds).map(
        (leaf) => [leaf, (leaf.amount * numerator) / denominator] as const,
      );
      if (scaled.length === 0 || scaled.some(([, amount]) => amount === 0n)) break;
      const played = await trial.trace(withAmounts(current, new Map(scaled), trial.kinds));
      if (played === undefined) break;
      current = played;
    }
  }
  return current;
};

/** Makes each amount as small as possible, rounded to at most two significant digits. */
export const smallerAmounts: Pass = async (trace, trial) => {
  let current = trace;
  // an amount that becomes 0 is no longer listed, so the amount that takes its index is seen in a later round of the fixpoint
  for (const index of amountsOf(trace, trial.kinds).keys()) {
    const leaf = amountsOf(current, trial.kinds)[index];
    if (leaf !== undefined) current = await smaller(current, leaf, trial);
  }
  return current;
};

/**
 * Shrinks pairs of amounts that depend on each other and cannot shrink alone: a loan and its collateral (by the same factor),
 * a deposit and the withdrawal that must not exceed it (by the same difference).
 */
export const smallerPairs: Pass = async (trace, trial) => {
  let current = trace;
  const count = amountsOf(trace, trial.kinds).length;
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      current = await smallerTogether(current, first, second, trial);
    }
  }
  return current;
};

async function smaller(trace: Trace, leaf: PlacedAmount, trial: Trial): Promise<Trace> {
  const play = (amount: bigint): Promise<Trace | undefined> =>
    trial.trace(withAmounts(trace, new Map([[leaf, amount]]), trial.kinds));
  const zero = await play(0n);
  if (zero !== undefined) return zero;
  // the smallest power of ten that fails, by bisection over the exponents
  let best: { readonly amount: bigint; readonly trace: Trace } = { amount: leaf.amount, trace };
  let low = -1;
  let high = leaf.amount.toString().length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const amount = 10n ** BigInt(middle);
    const played = amount < best.amount ? await play(amount) : undefined;
    if (played === undefined) {
      low = middle;
    } else {
      best = { amount, trace: played };
      high = middle;
    }
  }
  // then the smallest multiple of a tenth of the next lower power, or of one
  if (low >= 0) {
    const unit = low === 0 ? 1n : 10n ** BigInt(low - 1);
    let under = low === 0 ? 1n : 10n;
    let over = best.amount / unit + (best.amount % unit === 0n ? 0n : 1n);
    while (over - under > 1n) {
      const middle = (under + over) / 2n;
      const played = await play(middle * unit);
      if (played === undefined) {
        under = middle;
      } else {
        best = { amount: middle * unit, trace: played };
        over = middle;
      }
    }
    const rounded = over * unit;
    if (best.amount === leaf.amount && rounded !== leaf.amount && rounded < 2n ** BigInt(leaf.bits)) {
      // nothing smaller fails; a rounder number is easier to read
      return (await play(rounded)) ?? trace;
    }
  }
  return best.trace;
}

async function smallerTogether(trace: Trace, first: number, second: number, trial: Trial): Promise<Trace> {
  let current = trace;
  for (;;) {
    const leaves = amountsOf(current, trial.kinds);
    const one = leaves[first];
    const other = leaves[second];
    if (one === undefined || other === undefined) return current;
    const least = one.amount < other.amount ? one.amount : other.amount;
    const candidates: (readonly [bigint, bigint])[] = [
      [one.amount / 10n, other.amount / 10n],
      [one.amount / 2n, other.amount / 2n],
      [one.amount - (least * 9n) / 10n, other.amount - (least * 9n) / 10n],
      [one.amount - least / 2n, other.amount - least / 2n],
    ];
    let next: Trace | undefined;
    for (const [a, b] of candidates) {
      // both must shrink, or the pass would never end
      if (a >= one.amount || b >= other.amount || a === 0n || b === 0n) continue;
      next = await trial.trace(
        withAmounts(
          current,
          new Map([
            [one, a],
            [other, b],
          ]),
          trial.kinds,
        ),
      );
      if (next !== undefined) break;
    }
    if (next === undefined) return current;
    current = next;
  }
}
