import type { Random } from "../../market/random.js";
import type { Scored } from "../optimisers/dominance.js";

import { cmaEs } from "../optimisers/cma-es.js";
import { dominates } from "../optimisers/dominance.js";
import { nsga2 } from "../optimisers/nsga2.js";

/** How points of the unit cube are searched. */
interface SearchingCandidates {
  readonly dimensions: number;
  readonly objectives: number;
  /** How many points it may have evaluated that are new. */
  readonly candidates: number;
  readonly random: Random;
  /** What a point of the unit cube is worth; `isNew` unless it was asked for before. */
  readonly evaluate: (point: readonly number[]) => Promise<Scored & { readonly isNew: boolean }>;
}

/** Generations without a new point after which nothing new is to be expected: of parameters with few values, all are known. */
const IDLE = 5;

/** Searches for points whose objectives are small and which violate no constraint: CMA-ES for one objective, NSGA-II for several. */
export async function searchCandidates(search: SearchingCandidates): Promise<void> {
  const { candidates, evaluate } = search;
  const generation = search.objectives === 1 ? single(search) : several(search);
  let left = candidates;
  for (let idle = 0; idle < IDLE && left > 0;) {
    const before = left;
    await generation(async (point) => {
      // a generation that does not fit is completed by what is known: worst of all
      if (left === 0) return undefined;
      const { isNew, ...scored } = await evaluate(point.map((value) => Math.min(1, Math.max(0, value))));
      if (isNew) left -= 1;
      return scored;
    });
    idle = left === before ? idle + 1 : 0;
  }
}

/** Plays one generation. @param evaluate - `undefined` when no more may be evaluated */
type Generation = (evaluate: (point: readonly number[]) => Promise<Scored | undefined>) => Promise<void>;

/** The middle of the ranges, and the step to their ends in standard deviations. */
const [MIDDLE, STEP] = [0.5, 0.3];

function single({ dimensions, random }: SearchingCandidates): Generation {
  const optimiser = cmaEs({ start: Array.from({ length: dimensions }, () => MIDDLE), sigma: STEP, random });
  return async (evaluate) => {
    const asked: { point: readonly number[]; scored: Scored; outside: number }[] = [];
    for (const point of optimiser.ask()) {
      const scored = (await evaluate(point)) ?? WORST;
      const outside = point.reduce((sum, value) => sum + Math.max(0, -value, value - 1) ** 2, 0);
      asked.push({ point, scored, outside });
    }
    // ranks are all that it looks at: feasible ones by their objective, then by how far they are outside of the ranges
    const ranked = asked.toSorted((one, other) => {
      if (dominates(one.scored, other.scored)) return -1;
      return dominates(other.scored, one.scored) ? 1 : one.outside - other.outside;
    });
    optimiser.tell(ranked.map(({ point }, value) => ({ point, value })));
  };
}

const WORST: Scored = { objectives: [], violation: Infinity };

/** Candidates of a generation: about five generations of them are played. */
function populationOf(candidates: number): number {
  return 2 * Math.min(50, Math.max(4, Math.round(candidates / 10)));
}

function several({ dimensions, objectives, candidates, random }: SearchingCandidates): Generation {
  const optimiser = nsga2({ dimensions, random, population: populationOf(candidates) });
  return async (evaluate) => {
    const told = [];
    for (const point of optimiser.ask()) {
      const scored = await evaluate(point);
      if (scored !== undefined) told.push({ point, ...scored, objectives: padded(scored.objectives, objectives) });
    }
    optimiser.tell(told);
  };
}

/** A point that was refused has no objectives. */
function padded(objectives: readonly number[], length: number): readonly number[] {
  return objectives.length === length ? objectives : Array.from({ length }, () => Infinity);
}
