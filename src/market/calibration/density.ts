import type { Law } from "../laws/law.js";

import { complex } from "../../numeric/complex.js";

/** The series ends where its terms are below this part of the first. */
const NEGLIGIBLE = 1e-13;

/** Terms at most. */
const MOST_TERMS = 8_192;

/**
 * Densities of a law at many places, by the Fourier-cosine series of Fang and Oosterlee 2008, summed with Clenshaw's recurrence.
 *
 * @param margin - how far beyond the places the law has to be followed, until nothing of it is left
 * @returns exact to about 1e-13 of the largest; what should be 0 may be slightly below
 */
export function densitiesOf(law: Law, places: Float64Array, margin: number): Float64Array {
  const from = places.reduce((least, value) => Math.min(least, value), 0) - margin;
  const to = places.reduce((most, value) => Math.max(most, value), 0) + margin;
  const coefficients = coefficientsOf(law, from, to);
  return places.map((place) => {
    const cosine = Math.cos((Math.PI * (place - from)) / (to - from));
    let [next, afterNext] = [0, 0];
    for (let term = coefficients.length - 1; term > 0; term--) {
      const current = (coefficients[term] ?? 0) + 2 * cosine * next - afterNext;
      afterNext = next;
      next = current;
    }
    return (coefficients[0] ?? 0) + cosine * next - afterNext;
  });
}

function coefficientsOf(law: Law, from: number, to: number): Float64Array {
  const coefficients: number[] = [];
  for (let term = 0; term < MOST_TERMS; term++) {
    const u = (term * Math.PI) / (to - from);
    const { re, im } = law.characteristic(complex(u));
    // the real part of φ(u) e^{-iu·from}
    const value = (2 / (to - from)) * (re * Math.cos(u * from) + im * Math.sin(u * from));
    coefficients.push(term === 0 ? value / 2 : value);
    if (Math.hypot(re, im) < NEGLIGIBLE) break;
  }
  return Float64Array.from(coefficients);
}
