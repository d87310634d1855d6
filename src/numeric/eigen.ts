import type { Matrix } from "./matrix.js";

/** The eigenvalues of a symmetric matrix with its eigenvectors, in the same order, each of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: Matrix;
}

/** Sweeps at most: it takes 6 to 10. */
const MOST_SWEEPS = 60;

/** What is off the diagonal is gone below this part of what is on it. */
const GONE = 1e-15;

/**
 * Jacobi's cyclic rotations (Golub and Van Loan, *Matrix Computations*, 8.5): slower than what large matrices need, and exact to the
 * last digits for those of a dozen parameters.
 *
 * @param matrix - symmetric
 */
export function eigenOf(matrix: Matrix): Eigen {
  const a = matrix.map((row) => [...row]);
  const v = matrix.map((row, i) => row.map((_value, j) => (i === j ? 1 : 0)));
  const at = (of: number[][], i: number, j: number): number => of[i]?.[j] ?? 0;
  const put = (of: number[][], i: number, j: number, value: number): void => {
    const row = of[i];
    if (row !== undefined) row[j] = value;
  };
  const size = a.length;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = at(a, p, q);
        if (Math.abs(apq) <= GONE * Math.sqrt(Math.abs(at(a, p, p) * at(a, q, q)))) continue;
        off += 1;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const [akp, akq] = [at(a, k, p), at(a, k, q)];
          put(a, k, p, c * akp - s * akq);
          put(a, k, q, s * akp + c * akq);
        }
        for (let k = 0; k < size; k++) {
          const [apk, aqk] = [at(a, p, k), at(a, q, k)];
          put(a, p, k, c * apk - s * aqk);
          put(a, q, k, s * apk + c * aqk);
          const [vkp, vkq] = [at(v, k, p), at(v, k, q)];
          put(v, k, p, c * vkp - s * vkq);
          put(v, k, q, s * vkp + c * vkq);
        }
      }
    }
    if (off === 0) break;
  }
  return {
    values: a.map((_row, index) => at(a, index, index)),
    vectors: a.map((_row, index) => v.map((row) => row[index] ?? 0)),
  };
}
