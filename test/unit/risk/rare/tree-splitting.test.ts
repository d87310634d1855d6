import { expect } from "chai";

import { multilevelSplitting, treeSplitting } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { COARSE_WALK, WALK, walkReaches } from "../../../helpers/rare-events.js";

describe("splitting by trees", () => {
  const walk = walkReaches(5);

  for (const [what, chain, target] of [
    ["are tied", WALK, 5],
    ["jump", COARSE_WALK, 100],
  ] as const) {
    it(`is unbiased where scores ${what}`, async () => {
      const runs: number[] = [];
      for (let seed = 1; seed <= 400; seed++) {
        runs.push((await treeSplitting(chain, { target, trees: 20, pilots: 10, seed })).value);
      }
      const mean = runs.reduce((sum, run) => sum + run, 0) / runs.length;
      const squares = runs.reduce((sum, run) => sum + (run - mean) ** 2, 0);
      const error = Math.sqrt(squares / (runs.length - 1) / runs.length);
      expect(Math.abs(mean - walk)).to.be.at.most(3 * error);
      // so that a factor would be noticed
      expect(error / walk).to.be.below(0.1);
    });
  }

  it("plays each tree depth first: a state is left for good once another branch of an earlier one has begun", async () => {
    const way: object[] = [];
    let left = 0;
    const chain = {
      blocks: WALK.blocks,
      start: () => Object.freeze({ at: 0, parent: undefined as object | undefined }),
      advance: (state: { readonly at: number; readonly parent: object | undefined }, random: { next(): number }) => {
        const at = way.indexOf(state);
        if (state.parent !== undefined && at === -1) left += 1;
        way.splice(at + 1);
        const next = Object.freeze({ at: state.at + (random.next() < 0.3 ? 1 : -1), parent: state });
        way.push(next);
        return next;
      },
      score: ({ at }: { readonly at: number }) => at,
    };
    const { levels, blocks, reached } = await treeSplitting(chain, { target: 5, trees: 100, pilots: 4 });
    expect(levels).to.not.be.empty;
    expect(reached).to.be.above(0);
    // the pilot branches paths that are over; its blocks are counted apart
    expect(left).to.be.at.most(blocks.pilot);
    expect(blocks.all).to.be.above(blocks.pilot);
  });

  it("costs about as much as splitting all paths at once, for the same error", async () => {
    const trees = await treeSplitting(WALK, { target: 8, trees: 4_000 });
    const particles = await multilevelSplitting(WALK, { target: 8, particles: 400, repetitions: 10 });
    const expense = ({ value, error }: { value: number; error: number }, blocks: number): number =>
      blocks * (error / value) ** 2;
    expect(expense(trees, trees.blocks.all)).to.be.below(4 * expense(particles, particles.blocks));
  });

  it("is the same for the same seed, and another for another", async () => {
    const options = { target: 5, trees: 50 };
    const one = await treeSplitting(WALK, options);
    expect(await treeSplitting(WALK, options)).to.deep.equal(one);
    expect(await treeSplitting(WALK, { ...options, seed: 2 })).to.not.deep.equal(one);
  });

  it("knows nothing of what no tree reached, and is certain of what all do", async () => {
    const never = await treeSplitting({ ...WALK, score: () => 0 }, { target: 1, trees: 5 });
    expect(never).to.deep.include({ value: 0, reached: 0, effective: 0 });
    expect([never.interval.lower, never.interval.upper]).to.deep.equal([0, 1]);
    const always = await treeSplitting(WALK, { target: 0, trees: 5 });
    expect(always).to.deep.include({ value: 1, error: 0, reached: 5, blocks: { pilot: 0, all: 0 } });
  });

  it("refuses what it cannot use", async () => {
    for (const options of [
      { target: Number.NaN },
      { target: 1, trees: 1 },
      { target: 1, trees: 2.5 },
      { target: 1, pilots: 3 },
      { target: 1, seed: 0.5 },
      { target: 1, confidence: 1 },
      { target: 1, particles: 5 },
    ]) {
      await failsWith("INVALID_OPTION", () => treeSplitting(WALK, options));
    }
    const error = await failsWith("INVALID_OPTION", () =>
      treeSplitting({ ...WALK, score: () => Number.NaN }, { target: 1 }),
    );
    expect(error.message).to.include("NaN");
  });
});
