import { createRequire } from "node:module";

/** What is used of the library: Moshier's Cephes, compiled to WebAssembly. */
interface Cephes {
  /** Resolves when the functions may be called. */
  readonly compiled: Promise<void>;
  /** The probability that a standard normal is at most x. */
  ndtr(x: number): number;
  /** Its inverse. */
  ndtri(probability: number): number;
  /** The inverse of Student's t distribution with so many degrees of freedom. */
  stdtri(degrees: number, probability: number): number;
  /** The regularised incomplete beta function. */
  incbet(a: number, b: number, x: number): number;
  /** The x at which the complement of the regularised incomplete gamma function, Q(a, x), has this value. */
  igami(a: number, value: number): number;
  /** The probability that Kolmogorov's statistic, times the root of the sample's size, exceeds x, for large samples. */
  kolmogorov(x: number): number;
  /** The logarithm of the beta function. */
  lbeta(a: number, b: number): number;
}

// 3.3.3 ships its types without naming them in its exports
export const cephes: Cephes = createRequire(import.meta.url)("cephes") as Cephes;
await cephes.compiled;
