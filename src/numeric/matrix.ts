/** A square matrix, by rows. */
export type Matrix = readonly (readonly number[])[];

/**
 * The lower triangle L with L Lᵀ = A (Cholesky).
 *
 * @param matrix - symmetric; its upper triangle is not read
 * @returns `undefined` if it is not positive definite
 */
export function cholesky(matrix: Matrix): Matrix | undefined {
  const lower: number[][] = [];
  for (const [row, values] of matrix.entries()) {
    const current: number[] = [];
    for (let column = 0; column <= row; column++) {
      const above = lower[column] ?? current;
      let rest = values[column] ?? 0;
      for (let index = 0; index < column; index++) rest -= (current[index] ?? 0) * (above[index] ?? 0);
      if (column < row) {
        current.push(rest / (above[column] ?? 1));
        continue;
      }
      // what rounding leaves of a singular matrix is none
      if (!(rest > 1e-14 * (values[row] ?? 0))) return undefined;
      current.push(Math.sqrt(rest));
    }
    lower.push(current);
  }
  return lower;
}

/** The x with L Lᵀ x = b. */
export function solved(lower: Matrix, right: readonly number[]): readonly number[] {
  const size = lower.length;
  const x = [...right];
  for (let row = 0; row < size; row++) {
    for (let index = 0; index < row; index++) x[row] = at(x, row) - at(lower[row], index) * at(x, index);
    x[row] = at(x, row) / at(lower[row], row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let index = row + 1; index < size; index++) x[row] = at(x, row) - at(lower[index], row) * at(x, index);
    x[row] = at(x, row) / at(lower[row], row);
  }
  return x;
}

/** The inverse of a symmetric matrix. @returns `undefined` if it is not positive definite */
export function inverse(matrix: Matrix): Matrix | undefined {
  const lower = cholesky(matrix);
  return (
    lower &&
    matrix.map((_row, index) =>
      solved(
        lower,
        matrix.map((_other, place) => (place === index ? 1 : 0)),
      ),
    )
  );
}

function at(values: readonly number[] | undefined, index: number): number {
  return values?.[index] ?? 0;
}
