import { cephes } from "./cephes.js";

/** The quantile of Student's t with whole degrees of freedom. @param probability - above 0 and below 1 */
export function studentQuantile(degrees: number, probability: number): number {
  return cephes.stdtri(degrees, probability);
}
