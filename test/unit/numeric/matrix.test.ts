import { expect } from "chai";

import { cholesky, inverse } from "../../../src/numeric/matrix.js";

describe("matrices", () => {
  const matrix = [
    [4, 2, 0.6],
    [2, 5, -1],
    [0.6, -1, 3],
  ];

  it("are the square of their root", () => {
    const lower = cholesky(matrix)!;
    for (const [i, row] of matrix.entries()) {
      for (const [j, value] of row.entries()) {
        const product = matrix.reduce((sum, _row, k) => sum + (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0), 0);
        expect(product).to.be.closeTo(value, 1e-14);
      }
    }
  });

  it("times their inverse are one", () => {
    const inverted = inverse(matrix)!;
    for (const [i, row] of matrix.entries()) {
      for (const j of row.keys()) {
        const product = row.reduce((sum, value, k) => sum + value * inverted[k]![j]!, 0);
        expect(product).to.be.closeTo(i === j ? 1 : 0, 1e-14);
      }
    }
  });

  it("have none of either unless positive definite", () => {
    for (const wrong of [
      [
        [1, 2],
        [2, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [[Number.NaN]],
    ]) {
      expect(cholesky(wrong)).to.equal(undefined);
      expect(inverse(wrong)).to.equal(undefined);
    }
  });
});
