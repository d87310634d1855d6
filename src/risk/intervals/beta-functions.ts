import { createRequire } from "node:module";

/** What is used of the library. */
interface Cephes {
  /** Resolves when the functions may be called. */
  readonly compiled: Promise<void>;
  incbet(a: number, b: number, x: number): number;
  lbeta(a: number, b: number): number;
}

// 3.3.3 ships its types without naming them in its exports
const cephes = createRequire(import.meta.url)("cephes") as Cephes;
await cephes.compiled;

/** The regularised incomplete beta function I_x(a, b), by Moshier's Cephes. */
export function incompleteBeta(a: number, b: number, x: number): number {
  return cephes.incbet(a, b, x);
}

/** ln B(a, b), by Moshier's Cephes. */
export function logBeta(a: number, b: number): number {
  return cephes.lbeta(a, b);
}
