import type { ParameterValues } from "../../src/scenario/index.js";
import type { CandidatePaths } from "../../src/training/tuning/measure-candidate.js";
import type { TunePlan } from "../../src/training/tuning/tune-options.js";
import type { TuneWork } from "../../src/training/tuning/tune.js";

import { createRandom, mixSeeds } from "../../src/market/random.js";
import { pathSequence } from "../../src/risk/ruin/path-sequence.js";
import { objective } from "../../src/scenario/index.js";

/** Paths after which it may stop. */
const GENERATION = 32;

/**
 * A market whose ruin is known: a path is ruined if its uniform number lies below the probability at these values. All points see
 * the same numbers.
 *
 * @param probability - the true ruin
 */
export function simulatedWork(probability: (values: ParameterValues) => number): TuneWork {
  const isRuined = (values: ParameterValues, seed: number, path: number): boolean =>
    createRandom(mixSeeds(seed, path)).next() < probability(values);
  return {
    scenario: "a market whose ruin is known",
    clock: () => 0,
    measure: async (values, { paths, seed }): Promise<CandidatePaths> => {
      const ruined = Array.from({ length: paths }, (_value, index) => index + 1).filter((path) =>
        isRuined(values, seed, path),
      );
      const objectives = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, Array.from({ length: paths }, () => value)]),
      );
      return { paths, ruined, summary: "ruined", objectives, target: "Model", forkBlock: 0, set: [] };
    },
    judge: async (values, { seed, paths, limit, confidence }) => {
      let [played, ruined] = [0, 0];
      for (;;) {
        const interval = pathSequence({ successes: ruined, trials: played }, { confidence, wanted: paths });
        if (played >= paths || interval.upper < limit || interval.lower >= limit) {
          return { paths: played, ruined, interval };
        }
        for (let index = 0; index < GENERATION && played < paths; index++) {
          played += 1;
          if (isRuined(values, seed, played)) ruined += 1;
        }
      }
    },
    attack: async () => ({ kind: "survived", runs: 0 }),
    reproduce: async () => undefined,
  };
}

/** A plan over the parameters a, b, …, each from 0 to 1, which are their own objectives. */
export function simulatedPlan(plan: Partial<TunePlan> & { readonly dimensions: number }): TunePlan {
  const { dimensions, ...given } = plan;
  const names = Array.from({ length: dimensions }, (_value, index) => String.fromCodePoint(97 + index));
  return {
    axes: names.map((name) => ({ name, range: [0, 1] })),
    objectives: new Map(
      names.map((name) => [name, objective({ goal: "maximise", of: ({ values }) => values[name] ?? 0 })]),
    ),
    limit: 0.05,
    confidence: 0.95,
    candidates: 40,
    paths: 50,
    points: 5,
    fresh: 800,
    attacks: 0,
    seed: 1,
    parameters: {},
    ...given,
  };
}
