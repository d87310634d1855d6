import type { Genome } from "../events/genome.js";
import type { GenomeWatcher } from "../run/player.js";
import type { World } from "../world/world.js";
import type { Profile } from "../world/profile.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { viewAfter } from "../run/views.js";

import { Corpus, GENERATION } from "./corpus.js";
import { genomeSource, moveSource } from "./genome-source.js";
import { Harm } from "./harm.js";
import { mutated } from "./mutation.js";
import { Reached } from "./reached.js";

/** One in this many genomes is fresh. */
const FRESH = 4;

/** Separate the randomness of mutations, and of the moves they add, from that of fresh genomes. */
const MUTATION = 0x6d757461;
const MOVES = 0x6d6f7665;

/**
 * The genomes of a campaign. From the second generation on, three out of four mutate a genome that reached a rarely reached
 * state (see {@link Corpus}); the others are fresh. Each depends on the seed, its index and the generations before it, so
 * lanes can play those of a generation in any order.
 */
export class GuidedSource {
  readonly #fresh: (index: number) => Genome;
  /** `undefined` without free moves: nothing can be mutated. */
  readonly #moves: ReturnType<typeof moveSource>;
  readonly #seed: number;
  readonly #world: World;
  readonly #start: Profile;
  readonly #harm: Harm;
  readonly #corpus = new Corpus();

  /** @param seed - 32 bits */
  constructor(world: World, seed: number) {
    this.#fresh = genomeSource(world, seed);
    this.#moves = moveSource(world);
    this.#seed = seed;
    this.#world = world;
    this.#start = world.start.profile();
    this.#harm = new Harm(world);
  }

  /** The genome of a run, counted from 0. All runs of earlier generations must have been recorded. */
  genome(index: number): Genome {
    const fresh = this.#fresh(index);
    if (this.#moves === undefined || index < GENERATION || index % FRESH === 0) return fresh;
    const random = createRandom(mixSeeds(this.#seed, MUTATION, index));
    const parent = this.#corpus.parent(random);
    if (parent === undefined) return fresh;
    const draw = this.#moves(mixSeeds(this.#seed, MOVES, index));
    return mutated(parent, { random, fresh, draw });
  }

  /** Records what the run of a genome reaches while it is played. */
  watch(index: number, genome: Genome): GenomeWatcher {
    if (this.#moves === undefined) return {};
    const reached = new Reached(genome, this.#start);
    this.#corpus.saw(index, reached);
    return {
      mined: async ({ block, state }) => {
        const view = viewAfter(this.#world, state);
        reached.after(block, view.profile(), this.#harm.after(view));
      },
      tried: (move, view) => {
        if (view === undefined) reached.idle(move);
        else reached.within(move, view.profile(), this.#harm.within(view));
      },
    };
  }

  /** Called between two generations. */
  grow(): void {
    this.#corpus.grow();
  }
}
