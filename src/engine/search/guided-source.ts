import type { Genome } from "../events/genome.js";
import type { World } from "../world/world.js";
import type { GenomeJob, RunReport } from "./lanes/run-job.js";

import { createRandom, mixSeeds } from "../../market/random.js";

import { Corpus, GENERATION } from "./corpus.js";
import { genomeSource, moveSource } from "./genome-source.js";
import { mutated } from "./mutation.js";
import { Ranks } from "./ranks.js";

/** Of a guided search, one in this many genomes is that of the unguided one: guidance can cost twice the runs, not more. */
const FRESH = 2;

/** These keep the randomness of mutations, and of the moves they add, separate from that of fresh genomes. */
const MUTATION = 0x6d757461;
const MOVES = 0x6d6f7665;

/**
 * The genomes of a campaign. What stands in for refused moves follows from the generations that are over. If the search is
 * guided, every second genome from the second generation on is a mutation of one that reached a rare state (see {@link Corpus});
 * the others are exactly those of the unguided search. Each depends on the seed, its index and the preceding generations, so
 * lanes can play a generation in any order. What the runs reached comes back with their reports.
 */
export class GuidedSource {
  readonly #fresh: (index: number) => Genome;
  /** `undefined` without free moves: nothing can be mutated. */
  readonly #moves: ReturnType<typeof moveSource>;
  readonly #seed: number;
  readonly #corpus = new Corpus();
  readonly #ranks: Ranks;
  readonly #isGuided: boolean;
  #isDistrusted = false;

  /**
   * @param seed - 32 bits
   * @param first - the index, in the seed's sequence, of the genome that this source counts as 0
   */
  constructor(world: World, seed: number, isGuided = false, first = 0) {
    this.#ranks = new Ranks(world.catalogue.keys());
    this.#isGuided = isGuided;
    const sequence = genomeSource(world, seed);
    this.#fresh = (index) => sequence(first + index);
    this.#moves = moveSource(world);
    this.#seed = seed;
  }

  /** The genome of a run, counted from 0. All runs of earlier generations must have been recorded. */
  genome(index: number): Genome {
    const genome = this.#sequence(index);
    const { names, callers } = this.#ranks;
    return {
      ...genome,
      ...(names.length === 0 ? {} : { ranks: names }),
      ...(callers.length === 0 ? {} : { callers }),
      ...(this.#isDistrusted ? { asDrawn: true as const } : {}),
    };
  }

  /** From now on, moves are made whatever came of trying them: contracts were seen to tell the one from the other. */
  distrustTrials(): void {
    this.#isDistrusted = true;
  }

  #sequence(index: number): Genome {
    const fresh = this.#fresh(index);
    if (!this.#isGuided || this.#moves === undefined || index < GENERATION || index % FRESH === 0) return fresh;
    const random = createRandom(mixSeeds(this.#seed, MUTATION, index));
    const parent = this.#corpus.parent(random);
    if (parent === undefined) return fresh;
    const draw = this.#moves(mixSeeds(this.#seed, MOVES, index));
    return mutated(parent, { random, fresh, draw });
  }

  /** The job of a run, counted from 0. All runs of earlier generations must have been reported. */
  job(index: number): GenomeJob {
    const genome = this.genome(index);
    return this.#moves === undefined || !this.#isGuided
      ? { kind: "genome", index, genome, report: ["tally"] }
      : { kind: "genome", index, genome, report: ["reached", "tally"] };
  }

  /** Records the report of a job. */
  reported({ index, genome }: GenomeJob, { reached, tally }: RunReport): void {
    if (tally !== undefined) this.#ranks.saw(tally);
    if (reached !== undefined) this.#corpus.saw(index, genome, reached);
  }

  /** Called between two generations. */
  grow(): void {
    this.#corpus.grow();
    this.#ranks.grow();
  }
}
