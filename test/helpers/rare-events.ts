import type { Random } from "../../src/market/random.js";
import type { BranchableChain, NormalEvent } from "../../src/risk/index.js";

/** A normal event with its probability. */
export interface KnownEvent extends NormalEvent {
  readonly probability: number;
}

const ROOT_2 = Math.SQRT2;

/** Of otbenchmark; the points are those nearest to 0 at which they happen. */
export const KNOWN_EVENTS: Readonly<Record<string, KnownEvent>> = {
  RP22: {
    normals: 2,
    happens: ([x = 0, y = 0]) => 2.5 - (x + y) / ROOT_2 + 0.1 * (x - y) ** 2 < 0,
    shifts: [[1.768, 1.768]],
    probability: 0.0042073055113,
  },
  RP25: {
    normals: 2,
    happens: ([x = 0, y = 0]) => Math.max(x ** 2 - 8 * y + 16, -16 * x + y + 32) < 0,
    shifts: [[2.16, 2.58]],
    probability: 4.148566e-5,
  },
  "the four-branch problem": {
    normals: 2,
    happens: ([x = 0, y = 0]) => {
      const [bent, sum, difference] = [3 + 0.1 * (x - y) ** 2, (x + y) / ROOT_2, x - y];
      return Math.min(bent - sum, bent + sum, difference + 7 / ROOT_2, -difference + 7 / ROOT_2) < 0;
    },
    shifts: [
      [2.12, 2.12],
      [-2.12, -2.12],
      [2.47, -2.47],
      [-2.47, 2.47],
    ],
    probability: 0.00222279507,
  },
  "P(Z > 4)": { normals: 1, happens: ([z = 0]) => z > 4, shifts: [[4]], probability: 3.16712e-5 },
  "P(Z > 6)": { normals: 1, happens: ([z = 0]) => z > 6, shifts: [[6]], probability: 9.86588e-10 },
};

/** Log returns of a day at 80 % a year. */
export const DAY = 0.8 * Math.sqrt(1 / 365);

/** A price on its way down. */
interface Falling {
  readonly log: number;
  readonly block: number;
}

/** A price that is looked at daily for 30 days. The score is how likely it is to fall below the barrier in the time that is left. */
export function fallingBelow(barrier: number): BranchableChain<Falling> {
  const bottom = Math.log(barrier);
  return {
    blocks: 30,
    start: () => ({ log: 0, block: 0 }),
    advance: ({ log, block }, random) => ({ log: log - DAY ** 2 / 2 + DAY * random.normal(), block: block + 1 }),
    score: ({ log, block }) => {
      if (log <= bottom) return 1;
      return block === 30 ? -Infinity : (bottom - log) / (DAY * Math.sqrt(30 - block));
    },
  };
}

/** A walk by whole steps: up with probability 0.3. Its scores are tied, and often at the lowest level. */
export const WALK: BranchableChain<number> = {
  blocks: 16,
  start: () => 0,
  advance: (at, random) => at + (random.next() < 0.3 ? 1 : -1),
  score: (at) => at,
};

/** A margin that shows in thirds how far the walk is, and jumps when it is liquidated: ties and a jump. */
export const COARSE_WALK: BranchableChain<number> = {
  ...WALK,
  score: (at) => (at >= 5 ? 100 : Math.floor(at / 3)),
};

/** The probability that the walk reaches a height, by recursion. */
export function walkReaches(height: number): number {
  const from = (at: number, left: number): number =>
    at >= height ? 1 : left < height - at ? 0 : 0.3 * from(at + 1, left - 1) + 0.7 * from(at - 1, left - 1);
  return from(0, WALK.blocks);
}

/**
 * Splitting as in textbooks: a fixed number of the lowest is discarded, and whatever else has at least their score is kept and
 * branched. One run.
 */
export function textbookSplitting(
  chain: BranchableChain<number>,
  { target, particles, random }: { readonly target: number; readonly particles: number; readonly random: Random },
): number {
  const play = (states: readonly number[]): readonly number[] => {
    const all = [...states];
    while (all.length <= chain.blocks) all.push(chain.advance(all.at(-1)!, random) as number);
    return all;
  };
  const best = (states: readonly number[]): number => Math.max(...states.map((state) => chain.score(state)));
  let paths = Array.from({ length: particles }, () => play([chain.start() as number]));
  for (let share = 1; ; share *= 1 - 1 / particles) {
    paths = paths.toSorted((one, other) => best(one) - best(other));
    const level = best(paths[0]!);
    if (level >= target) return share;
    // it never ends if nothing is higher
    if (share < 1e-9) return 0;
    const chosen = random.pick(paths.slice(1));
    paths[0] = play(chosen.slice(0, chosen.findIndex((state) => chain.score(state) >= level) + 1));
  }
}
