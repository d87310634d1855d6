import type { Complex } from "../../numeric/complex.js";

/**
 * The law of X = ln(S_T / F), the log return of a price in excess of its forward, over some years. The price is a martingale
 * relative to its forward, so E[e^X] = 1.
 */
export interface Law {
  /** E[exp(i z X)] for z with an imaginary part from -1 to 0. */
  characteristic(z: Complex): Complex;
  /** Standard deviation of X, or about that: the scale on which the law varies. */
  readonly deviation: number;
}
