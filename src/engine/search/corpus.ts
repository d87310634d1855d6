import type { Random } from "../../market/random.js";
import type { Genome } from "../events/genome.js";
import type { Reached } from "./reached.js";

import { reachedBy } from "./reached.js";

/** Number of runs after which their results are taken into account; a run depends on earlier generations only. */
export const GENERATION = 32;

/** A feature of a state, with the shortest sequence that reached it. */
interface Known {
  /** How many runs reached it. */
  hits: number;
  /** The furthest extent ever seen. */
  extent: number;
  genome: Genome;
}

/**
 * The genomes that reached states which others did not, cut off after the move that led there. Rarely reached features are
 * weighted more heavily (after Lemieux & Sen 2018, *FairFuzz*; see {@link weightOf}).
 *
 * It grows by whole generations, in run order, so that its contents do not depend on which lane was faster.
 */
export class Corpus {
  readonly #known = new Map<number, Known>();
  readonly #waiting = new Map<number, { readonly genome: Genome; readonly reached: Reached }>();

  /** Records what the run of a genome reached. Takes effect with {@link Corpus.grow}. */
  saw(index: number, genome: Genome, reached: Reached): void {
    this.#waiting.set(index, { genome, reached });
  }

  /** Takes in what has been recorded since the last call. */
  grow(): void {
    for (const [, { genome: played, reached }] of [...this.#waiting].sort(([a], [b]) => a - b)) {
      for (const [{ id, extent }, genome] of reachedBy(played, reached)) {
        const known = this.#known.get(id);
        if (known === undefined) {
          this.#known.set(id, { hits: 1, extent, genome });
          continue;
        }
        known.extent = Math.max(known.extent, extent);
        known.hits += 1;
        if (genome.moves.length <= known.genome.moves.length) known.genome = genome;
      }
    }
    this.#waiting.clear();
  }

  /** A genome to mutate; `undefined` while nothing is known. */
  parent(random: Random): Genome | undefined {
    let total = 0;
    for (const known of this.#known.values()) total += weightOf(known);
    let left = random.next() * total;
    for (const known of this.#known.values()) {
      left -= weightOf(known);
      if (left < 0) return known.genome;
    }
    return undefined;
  }
}

/** Favours extreme features, those that few runs reach, and those that take few moves. */
function weightOf({ hits, extent, genome }: Known): number {
  return extent ** 2 / (Math.sqrt(hits) * (1 + genome.moves.length));
}
