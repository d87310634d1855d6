import type { Law } from "../../market/laws/law.js";
import type { Complex } from "../../numeric/complex.js";

import { complex } from "../../numeric/complex.js";
import { nodesOn } from "../../numeric/quadrature.js";

/** The integral ends where what is left of it is this small a part. */
const NEGLIGIBLE = 1e-17;

/** Panels at most: with as many, a law that hardly diffuses is priced to about 1e-8. */
const PANELS = 4_000;

/** The characteristic function at a place, with everything that does not depend on the strike. */
interface Sample {
  readonly u: number;
  readonly value: Complex;
}

/**
 * Mean payoffs of calls at several strikes under one law, as parts of the forward: Lewis, *A simple option formula for general
 * jump-diffusion and other exponential Lévy processes*, 2001, equation 3.11, with k = ln(F/K):
 *
 * C/F = 1 - √(K/F)/π ∫₀^∞ Re[e^{iuk} φ(u - i/2)] / (u² + 1/4) du
 *
 * The panels of the quadrature double in width from 1/2, away from the poles at ±i/2, to the width on which the law or the
 * strikes' waves vary.
 *
 * @param moneyness - K/F of each, above 0
 * @returns exact to about 1e-14 of the forward
 */
export function callPayoffs(law: Law, moneyness: readonly number[]): readonly number[] {
  const waves = moneyness.map((ratio) => -Math.log(ratio));
  const fastest = Math.max(...waves.map(Math.abs));
  const samples = sampled(law, Math.min(4 / law.deviation, 12 / fastest));
  return moneyness.map((ratio, index) => {
    const k = waves[index] ?? 0;
    const integral = samples.reduce(
      (sum, { u, value }) => sum + Math.cos(u * k) * value.re - Math.sin(u * k) * value.im,
      0,
    );
    return Math.min(1, Math.max(0, 1 - ratio, 1 - (Math.sqrt(ratio) / Math.PI) * integral));
  });
}

function sampled(law: Law, widest: number): readonly Sample[] {
  const samples: Sample[] = [];
  let from = 0;
  for (let panel = 0; panel < PANELS; panel++) {
    const to = from + Math.min(widest, Math.max(0.5, from));
    let largest = 0;
    for (const { at, weight } of nodesOn(from, to)) {
      const { re, im } = law.characteristic(complex(at, -0.5));
      const factor = weight / (at * at + 0.25);
      const value = complex(re * factor, im * factor);
      samples.push({ u: at, value });
      largest = Math.max(largest, Math.abs(value.re) + Math.abs(value.im));
    }
    if (largest < NEGLIGIBLE) break;
    from = to;
  }
  return samples;
}
