import type { CmaEsOptions } from "../../../../src/training/index.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { cmaEs } from "../../../../src/training/index.js";
import { strategyOf } from "../../../../src/training/optimisers/cma-es.js";
import { codeOf } from "../../../helpers/errors.js";

type Loss = (point: readonly number[]) => number;

/** Condition 1e6. */
const ellipsoid: Loss = (point) =>
  point.reduce((sum, value, index) => sum + 1e6 ** (index / (point.length - 1)) * value * value, 0);

const rosenbrock: Loss = ([x = 0, y = 0]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;

/** How many evaluations it takes to come below a value. */
function evaluations(loss: Loss, options: Omit<CmaEsOptions, "random">, below: number, seed = 1): number {
  const search = cmaEs({ ...options, random: createRandom(seed) });
  for (let count = search.population; count <= 20_000; count += search.population) {
    search.tell(search.ask().map((point) => ({ point, value: loss(point) })));
    if (search.best!.value < below) return count;
  }
  return Infinity;
}

describe("cmaEs", () => {
  it("has pycma's defaults at four parameters", () => {
    const { weights, parents } = strategyOf(4, 8);
    expect(cmaEs({ start: [0, 0, 0, 0], sigma: 1, random: createRandom(1) }).population).to.equal(8);
    expect(parents).to.be.closeTo(2.6, 0.05);
    expect(Math.floor(100 * weights[0]!)).to.equal(52);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(1, 1e-12);
  });

  it("finds the minimum of an ellipsoid of condition 1e6 to 1e-9, for each of three seeds", () => {
    for (const seed of [1, 2, 3]) {
      expect(evaluations(ellipsoid, { start: [4, 4, 4, 4], sigma: 1 }, 1e-9, seed)).to.be.below(3_000);
    }
  });

  it("follows a bent valley", () => {
    expect(evaluations(rosenbrock, { start: [-1.2, 1], sigma: 0.5 }, 1e-9)).to.be.below(3_000);
  });

  it("takes as long on a monotone function of the value, and after a rotation about as long", () => {
    const options = { start: [4, 4, 4, 4], sigma: 1 };
    const plain = evaluations(ellipsoid, options, 1e-9);
    expect(evaluations((point) => Math.log1p(ellipsoid(point)), options, Math.log1p(1e-9))).to.equal(plain);
    const turned: Loss = ([a = 0, b = 0, c = 0, d = 0]) =>
      ellipsoid([a + b + c + d, a - b + c - d, a + b - c - d, a - b - c + d].map((value) => value / 2));
    expect(evaluations(turned, options, 1e-9)).to.be.within(plain / 2, plain * 2);
  });

  it("is deterministic, and takes what is not a number as worst", () => {
    const half: Loss = (point) => (point[0]! < 0 ? NaN : ellipsoid(point));
    const options = { start: [4, 4], sigma: 1 };
    expect(evaluations(half, options, 1e-6)).to.be.below(5_000);
    expect(evaluations(ellipsoid, options, 1e-6)).to.equal(evaluations(ellipsoid, options, 1e-6));
  });

  it("refuses what it cannot start from", () => {
    const random = createRandom(1);
    const wrong: readonly object[] = [
      { start: [], sigma: 1 },
      { start: [NaN], sigma: 1 },
      { start: "0", sigma: 1 },
      { start: [1], sigma: 0 },
      { start: [1], sigma: 1, population: 3 },
      { start: [1], sigma: 1, steps: 5 },
    ];
    for (const options of wrong) {
      const code = codeOf(() => cmaEs({ ...options, random } as CmaEsOptions));
      expect(code, JSON.stringify(options)).to.equal("INVALID_OPTION");
    }
  });
});
