import type { Profile } from "../world/profile.js";

import { DIGITS } from "../world/profile.js";

/** Digits by which a value has to grow or shrink for a large change: 65,536 times. */
const LARGE = 4;

/** The most large changes of a state that are paired: more of them mean that everything is different. */
const MAX_CHANGES = 64;

/** A remarkable feature of a state. */
export interface Feature {
  /** Identifies the feature. */
  readonly id: number;
  /** How far out it is: at least 1. */
  readonly extent: number;
}

/**
 * The remarkable features of a state, compared with the state that every run starts from:
 *
 * - each word that appeared or disappeared, or that is 65,536 times as large or as small as before. The number of further
 * digits is its extent: a price off by another factor of sixteen is more remarkable by one.
 * - each pair of them present at once: a sky-high price *and* a debt;
 * - each doubling of a loss or gain.
 *
 * A coarse value profile, like those that fuzzers keep of comparisons (libFuzzer's `-use_value_profile`,
 * https://llvm.org/docs/LibFuzzer.html#value-profile; Padhye et al. 2019, *FuzzFactory*).
 *
 * @param harm - see {@link Harm}
 */
export function stateFeatures(start: Profile, now: Profile, harm: readonly number[]): readonly Feature[] {
  const features: Feature[] = [];
  const changes: Feature[] = [];
  for (const [word, digits] of now.entries()) {
    const before = start[word] ?? 0;
    const change = changeOf(before, digits);
    if (change === undefined) continue;
    // the size of what was not there before tells little
    const extent = before === 0 || digits === 0 ? 1 : 1 + Math.abs(digits - before) - LARGE;
    features.push({ id: word * (DIGITS + 1) + (before === 0 ? 0 : digits), extent });
    if (changes.length < MAX_CHANGES) changes.push({ id: word * CHANGES + change, extent });
  }
  const kinds = now.length * CHANGES;
  const first = now.length * (DIGITS + 1);
  for (const [index, one] of changes.entries()) {
    for (const other of changes.slice(index + 1)) {
      features.push({ id: first + one.id * kinds + other.id, extent: Math.max(one.extent, other.extent) });
    }
  }
  for (const [place, doublings] of harm.entries()) {
    // below the ids of the words
    if (doublings > 0) features.push({ id: -1 - (place * (DIGITS + 1) + doublings), extent: doublings });
  }
  return features;
}

/** Kinds of large change: from zero, to zero, up, down. */
const CHANGES = 4;

function changeOf(before: number, now: number): number | undefined {
  if (before === now) return undefined;
  if (before === 0) return 0;
  if (now === 0) return 1;
  if (now >= before + LARGE) return 2;
  return now <= before - LARGE ? 3 : undefined;
}
