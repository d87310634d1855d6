import type { Matrix } from "../numeric/matrix.js";
import type { Random } from "./random.js";

import { createRandom, mixSeeds } from "./random.js";

/** How the moves of some assets' prices belong together. */
export interface Correlation {
  /** Names, in their order. */
  readonly assets: readonly string[];
  /** The lower triangle L of the matrix L Lᵀ of their correlations (Cholesky). */
  readonly lower: Matrix;
}

/** Keeps what else a process draws apart from its normals. */
const OTHER_DRAWS = 1;

/**
 * Sources whose normals are correlated, one source for each seed: the k-th normal of source i is Σⱼ Lᵢⱼ zⱼₖ, where zⱼₖ is the k-th
 * that seed j draws by itself (Glasserman, *Monte Carlo Methods in Financial Engineering*, 2004, 2.3.3). So the first source
 * draws what its seed does, and none depends on those after it: a further asset moves no price.
 *
 * @param lower - L, with a row for each seed
 */
export function correlatedRandoms(seeds: readonly number[], lower: Matrix): readonly Random[] {
  const own = seeds.map((seed) => new Normals(createRandom(seed)));
  return seeds.map((seed, row) => {
    let drawn = 0;
    return {
      ...createRandom(mixSeeds(seed, OTHER_DRAWS)),
      normal: () => {
        const index = drawn++;
        return (lower[row] ?? []).reduce((sum, factor, column) => sum + factor * (own[column]?.at(index) ?? 0), 0);
      },
    };
  });
}

/** The normals of a source, kept for all who need them. */
class Normals {
  readonly #random: Random;
  readonly #drawn: number[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  at(index: number): number {
    while (this.#drawn.length <= index) this.#drawn.push(this.#random.normal());
    return this.#drawn[index] ?? 0;
  }
}
