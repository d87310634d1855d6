import type { Problem } from "../../../helpers/optimisation-problems.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { hypervolume, nsga2 } from "../../../../src/training/index.js";
import { crowdingOf, dominates, frontsOf } from "../../../../src/training/optimisers/dominance.js";
import { codeOf } from "../../../helpers/errors.js";
import { PROBLEMS } from "../../../helpers/optimisation-problems.js";

/** The part of the greatest hypervolume that a front has after so many generations. */
function reached(problem: Problem, { population, generations, seed = 1 }: Record<string, number>): number {
  const { dimensions, objectives, violation, reference, most } = problem;
  const search = nsga2({ dimensions, random: createRandom(seed), population: population! });
  for (let generation = 0; generation < generations!; generation++) {
    search.tell(
      search.ask().map((point) => ({ point, objectives: objectives(point), violation: violation?.(point) ?? 0 })),
    );
  }
  const feasible = search.front.filter((one) => one.violation === 0);
  return (
    hypervolume(
      feasible.map((one) => one.objectives),
      reference,
    ) / most
  );
}

const scored = (...objectives: readonly number[]): { objectives: readonly number[]; violation: number } => ({
  objectives,
  violation: 0,
});

describe("nsga2", () => {
  for (const [name, share] of [
    ["ZDT1", 0.99],
    ["ZDT2", 0.98],
    ["ZDT3", 0.99],
    ["BraninCurrin", 0.98],
    ["ConstrainedBraninCurrin", 0.99],
    ["C2-DTLZ2", 0.98],
  ] as const) {
    it(`comes to ${share * 100} % of the hypervolume of ${name}, and not beyond it`, () => {
      expect(reached(PROBLEMS[name], { population: 100, generations: 120 })).to.be.within(share, 1 + 1e-6);
    });
  }

  it("is better than as many random points", () => {
    const found = reached(PROBLEMS.ZDT1, { population: 40, generations: 50 });
    expect(found).to.be.greaterThan(reached(PROBLEMS.ZDT1, { population: 2_000, generations: 1 }) + 0.03);
  });

  it("is deterministic", () => {
    const short = { population: 20, generations: 10 };
    expect(reached(PROBLEMS.ZDT3, short)).to.equal(reached(PROBLEMS.ZDT3, short));
    expect(reached(PROBLEMS.ZDT3, { ...short, seed: 2 })).to.not.equal(reached(PROBLEMS.ZDT3, short));
  });

  it("begins with the points that it is given", () => {
    const seeds = [[0.25], [0.75]];
    const search = nsga2({ dimensions: 1, random: createRandom(1), population: 4, seeds });
    expect(search.ask().slice(0, 2)).to.deep.equal(seeds);
  });

  it("refuses what makes no generation", () => {
    for (const options of [{ dimensions: 0 }, { dimensions: 2, population: 5 }, { dimensions: 2, size: 4 }]) {
      const code = codeOf(() => nsga2({ random: createRandom(1), ...options }));
      expect(code, JSON.stringify(options)).to.equal("INVALID_OPTION");
    }
  });
});

describe("dominance", () => {
  it("prefers what violates less, then what is nowhere worse and somewhere better", () => {
    expect(dominates(scored(1, 2), scored(1, 3))).to.equal(true);
    expect(dominates(scored(1, 2), scored(1, 2))).to.equal(false);
    expect(dominates(scored(1, 4), scored(2, 3))).to.equal(false);
    expect(dominates(scored(9, 9), { objectives: [0, 0], violation: 1 })).to.equal(true);
    expect(dominates({ objectives: [9], violation: 1 }, { objectives: [0], violation: 2 })).to.equal(true);
  });

  it("peels fronts off, and measures crowds", () => {
    expect(frontsOf([scored(2, 2), scored(1, 1), scored(0, 3), scored(3, 3)])).to.deep.equal([[1, 2], [0], [3]]);
    const crowding = crowdingOf([scored(0, 4), scored(1, 3), scored(4, 0)]);
    expect(crowding).to.deep.equal([Infinity, 2, Infinity]);
  });
});

describe("hypervolume", () => {
  it("adds boxes up without counting what they share twice", () => {
    expect(hypervolume([], [1, 1])).to.equal(0);
    expect(hypervolume([[0, 0]], [2, 3])).to.equal(6);
    expect(
      hypervolume(
        [
          [0, 1],
          [1, 0],
          [1, 1],
          [5, 5],
        ],
        [2, 2],
      ),
    ).to.equal(3);
    expect(
      hypervolume(
        [
          [0, 0, 1],
          [1, 1, 0],
        ],
        [2, 2, 2],
      ),
    ).to.equal(5);
    expect(hypervolume([[3]], [5])).to.equal(2);
  });
});
