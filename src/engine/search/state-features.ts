import type { Profile } from "../world/profile.js";

import { DIGITS } from "../world/profile.js";

/** Digits by which a value has to grow or to shrink for the change to be a large one: 65,536 times. */
const LARGE = 4;

/** Large changes of one state of which pairs are made: more tell that all is different. */
const MAX_CHANGES = 64;

/** Something remarkable of a state. */
export interface Feature {
  /** The same for the same thing. */
  readonly id: number;
  /** How far out it is: 1 and more. */
  readonly extent: number;
}

/**
 * What is remarkable of a state, compared with the one that everything starts from:
 *
 * - each word that is there and was not, or the other way round, or that is 65,536 times as large or as small as before. How
 *   many times is its extent: a price sixteen times as far off is more remarkable by one.
 * - each two of them that are there at once: a price that stands sky-high *and* a debt;
 * - each doubling of what somebody lost or gained.
 *
 * A coarse value profile, as fuzzers keep one of comparisons (libFuzzer's `-use_value_profile`,
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
    // how much there is of what was not there tells little
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
    // below those of the words
    if (doublings > 0) features.push({ id: -1 - (place * (DIGITS + 1) + doublings), extent: doublings });
  }
  return features;
}

/** Kinds of large change: from nothing, to nothing, up, down. */
const CHANGES = 4;

function changeOf(before: number, now: number): number | undefined {
  if (before === now) return undefined;
  if (before === 0) return 0;
  if (now === 0) return 1;
  if (now >= before + LARGE) return 2;
  return now <= before - LARGE ? 3 : undefined;
}
