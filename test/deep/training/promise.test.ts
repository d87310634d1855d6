import type { ParameterValues } from "../../../src/scenario/index.js";
import type { TunePlan } from "../../../src/training/tuning/tune-options.js";

import { expect } from "chai";

import { clopperPearson } from "../../../src/risk/index.js";
import { tune } from "../../../src/training/tuning/tune.js";
import { simulatedPlan, simulatedWork } from "../../helpers/simulated-tuning.js";

const REPETITIONS = 500;

/** What is tuned for, and how sure it is. */
const [LIMIT, CONFIDENCE] = [0.05, 0.95];

/** The least rate, with 95 % confidence, that so many violations in all repetitions show. */
function atLeast(violations: number): number {
  return clopperPearson({ successes: violations, trials: REPETITIONS }, 0.9).lower;
}

/** In how many repetitions an accepted point's true ruin was at or above the limit, and in how many there was an accepted one. */
async function violations(
  probability: (values: ParameterValues) => number,
  plan: Partial<TunePlan> & { readonly dimensions: number },
): Promise<{ readonly promised: number; readonly naive: number; readonly tuned: number }> {
  const count = { promised: 0, naive: 0, tuned: 0 };
  const work = simulatedWork(probability);
  for (let seed = 1; seed <= REPETITIONS; seed++) {
    const { judged, candidates, outcome } = await tune(
      simulatedPlan({ limit: LIMIT, confidence: CONFIDENCE, ...plan, seed }),
      work,
    );
    const accepted = judged.filter(({ verdict }) => verdict === "accepted");
    if (outcome === "tuned") count.tuned += 1;
    if (accepted.some(({ values }) => probability(values) >= LIMIT)) count.promised += 1;
    // what the paths of the search say by themselves of the best point
    const [best] = candidates.filter(({ ruined }) => ruined <= LIMIT).toSorted((a, b) => b.values.a! - a.values.a!);
    if (best !== undefined && probability(best.values) >= LIMIT) count.naive += 1;
  }
  if (process.env.SIEGE_PRINT) console.log(count);
  return count;
}

describe(`the promise of a tuning, in ${REPETITIONS} repetitions`, () => {
  it("holds where the best points are those with the most ruin, and is broken by what the search's own paths say", async () => {
    const { promised, naive, tuned } = await violations(({ a = 0 }) => a / 10, { dimensions: 1 });
    expect(atLeast(promised)).to.be.at.most(1 - CONFIDENCE);
    expect(atLeast(naive)).to.be.greaterThan(0.3);
    expect(tuned).to.be.greaterThan(0.6 * REPETITIONS);
  });

  it("holds where every point is just beyond the limit, whatever looks best", async () => {
    const { promised, naive } = await violations(() => LIMIT, { dimensions: 1, candidates: 10 });
    expect(atLeast(promised)).to.be.at.most(1 - CONFIDENCE);
    expect(atLeast(naive)).to.be.greaterThan(0.3);
  });

  it("holds for a front of several points together", async () => {
    const { promised, tuned } = await violations(({ a = 0, b = 0 }) => 0.1 * (a * a + b * b), { dimensions: 2 });
    expect(atLeast(promised)).to.be.at.most(1 - CONFIDENCE);
    expect(tuned).to.be.greaterThan(0.6 * REPETITIONS);
  });
});
