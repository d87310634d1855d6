import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { multilevelSplitting } from "../../../../src/risk/index.js";
import { barrierProbability } from "../../../helpers/barrier-probability.js";
import { failsWith } from "../../../helpers/errors.js";
import {
  COARSE_WALK,
  DAY,
  fallingBelow,
  KNOWN_EVENTS,
  textbookSplitting,
  WALK,
  walkReaches,
} from "../../../helpers/rare-events.js";

describe("multilevel splitting", () => {
  const walk = walkReaches(5);

  it("is unbiased where scores are tied, with however many discarded", async () => {
    for (const discarded of [1, 3]) {
      const { value, error } = await multilevelSplitting(WALK, {
        target: 5,
        particles: 10,
        discarded,
        repetitions: 2_000,
      });
      expect(Math.abs(value - walk), String(discarded)).to.be.at.most(3 * error);
      expect(error / walk).to.be.below(0.05);
    }
  });

  it("is unbiased where the score jumps, and says how often all paths were tied", async () => {
    const { value, error, extinct, runs } = await multilevelSplitting(COARSE_WALK, {
      target: 100,
      particles: 10,
      repetitions: 2_000,
    });
    expect(Math.abs(value - walk)).to.be.at.most(3 * error);
    expect(extinct).to.equal(runs.filter((run) => run === 0).length);
    expect(extinct).to.be.within(1, 1_999);
  });

  it("is not what textbooks say: that is biased where scores are tied", () => {
    const random = createRandom(3);
    const runs = Array.from({ length: 300 }, () => textbookSplitting(WALK, { target: 5, particles: 10, random }));
    const mean = runs.reduce((sum, run) => sum + run, 0) / 300;
    const error = Math.sqrt(runs.reduce((sum, run) => sum + (run - mean) ** 2, 0) / 299 / 300);
    expect(Math.abs(mean - walk)).to.be.above(5 * error);
  });

  it("finds a barrier near 1e-5 with 20 estimates that spread by less than 20 %, for less than a fiftieth of the blocks", async () => {
    const probability = barrierProbability({ barrier: 0.36, deviation: DAY, looks: 30 }, 12);
    const { value, error, blocks, interval } = await multilevelSplitting(fallingBelow(0.36), {
      target: 1,
      particles: 600,
      discarded: 30,
      repetitions: 20,
    });
    const spread = error * Math.sqrt(20);
    expect(spread / value).to.be.below(0.2);
    expect(Math.abs(value - probability)).to.be.at.most(3 * error);
    expect(interval).to.include({ confidence: 0.95, method: "splitting" });
    // plain sampling: a spread of 20 % takes 1 / (0.2² p) paths of 30 blocks
    expect(blocks / 20).to.be.below(30 / (0.04 * probability) / 50);
  });

  it("finds P(Z > 4) and P(Z > 6) with a walk to Z, whose score is how likely that is from where it is", async () => {
    for (const height of [4, 6]) {
      const steps = 10;
      const chain = {
        blocks: steps,
        start: () => ({ at: 0, step: 0 }),
        advance: ({ at, step }: { at: number; step: number }, random: { normal(): number }) => ({
          at: at + random.normal() / Math.sqrt(steps),
          step: step + 1,
        }),
        score: ({ at, step }: { at: number; step: number }) => {
          if (step < steps) return (at - height) / Math.sqrt(1 - step / steps);
          return at > height ? 100 : -Infinity;
        },
      };
      const { value, error } = await multilevelSplitting(chain, { target: 100, particles: 200, discarded: 10 });
      const { probability } = KNOWN_EVENTS[`P(Z > ${String(height)})`]!;
      expect(Math.abs(value - probability), String(height)).to.be.at.most(3 * error);
      expect(error / value).to.be.below(0.35);
    }
  });

  it("takes chains that answer later, and never changes a state that others may branch from", async () => {
    const options = { target: 3, particles: 20, repetitions: 3 };
    const later = await multilevelSplitting(
      {
        blocks: WALK.blocks,
        start: async () => Object.freeze({ at: 0 }),
        advance: async ({ at }: { readonly at: number }, random) =>
          Object.freeze({ at: await WALK.advance(at, random) }),
        score: ({ at }) => at,
      },
      options,
    );
    expect(later).to.deep.equal(await multilevelSplitting(WALK, options));
    expect(later).to.not.deep.equal(await multilevelSplitting(WALK, { ...options, seed: 2 }));
  });

  it("knows nothing of what no path reached, and is certain of what all do", async () => {
    const never = await multilevelSplitting({ ...WALK, score: () => 0 }, { target: 1, particles: 5 });
    expect(never).to.deep.include({ value: 0, extinct: 10 });
    expect([never.interval.lower, never.interval.upper]).to.deep.equal([0, 1]);
    const always = await multilevelSplitting(WALK, { target: 0, particles: 5 });
    expect(always).to.deep.include({ value: 1, error: 0, blocks: 0 });
  });

  it("refuses what it cannot use", async () => {
    for (const options of [
      { target: Number.NaN },
      { target: 1, particles: 1 },
      { target: 1, particles: 5, discarded: 5 },
      { target: 1, repetitions: 1 },
      { target: 1, confidence: 0 },
    ]) {
      await failsWith("INVALID_OPTION", () => multilevelSplitting(WALK, options));
    }
    await failsWith("INVALID_OPTION", () => multilevelSplitting({ ...WALK, score: () => Number.NaN }, { target: 1 }));
    await failsWith("INVALID_OPTION", () => multilevelSplitting({ ...WALK, blocks: 0 }, { target: 1 }));
  });
});
