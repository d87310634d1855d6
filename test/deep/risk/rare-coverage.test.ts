import { expect } from "chai";

import { importanceSampling, multilevelSplitting } from "../../../src/risk/index.js";
import { KNOWN_EVENTS, WALK, walkReaches } from "../../helpers/rare-events.js";

const REPETITIONS = 2_000;

/** Approximate intervals: three errors of the share on either side. */
const ERROR = 3 * Math.sqrt((0.95 * 0.05) / REPETITIONS);

interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

function share(intervals: readonly Bounds[], truth: number): number {
  const covering = intervals.filter(({ lower, upper }) => lower <= truth && truth <= upper).length;
  const width = intervals.reduce((sum, { lower, upper }) => sum + upper - lower, 0) / intervals.length;
  if (process.env.SIEGE_PRINT) console.log(covering / intervals.length, width / truth);
  return covering / intervals.length;
}

describe("the intervals of rare events", () => {
  it("by importance sampling contain the truth in 95 % of 2,000 repetitions", () => {
    for (const name of ["P(Z > 4)", "RP22", "the four-branch problem"]) {
      const { probability, ...event } = KNOWN_EVENTS[name]!;
      const intervals = Array.from(
        { length: REPETITIONS },
        (_value, seed) => importanceSampling(event, { samples: 500, seed }).interval,
      );
      expect(share(intervals, probability), name).to.be.within(0.95 - ERROR, 0.95 + ERROR);
    }
  });

  it("by splitting contain the truth in 95 % of 2,000 repetitions, with tied scores", async () => {
    const intervals: Bounds[] = [];
    for (let seed = 0; seed < REPETITIONS; seed++) {
      intervals.push((await multilevelSplitting(WALK, { target: 5, particles: 60, discarded: 5, seed })).interval);
    }
    expect(share(intervals, walkReaches(5))).to.be.within(0.95 - ERROR, 0.95 + ERROR);
  });
});
