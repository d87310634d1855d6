import { cephes } from "./cephes.js";

/** The regularised incomplete beta function I_x(a, b). */
export function incompleteBeta(a: number, b: number, x: number): number {
  return cephes.incbet(a, b, x);
}

/** ln B(a, b). */
export function logBeta(a: number, b: number): number {
  return cephes.lbeta(a, b);
}
