import type { Genome } from "../events/genome.js";
import type { Shown } from "../proposing/brief.js";
import type { World } from "../world/world.js";
import type { GenomeJob, RunReport } from "./lanes/run-job.js";
import type { Learnt } from "./positions.js";

import { withDeeper } from "./deeper.js";
import { genomeSource } from "./genome-source.js";
import { withHorizon } from "./horizon.js";
import { OrderOfActions } from "./order-of-actions.js";
import { withPositions } from "./positions.js";
import { Ranks } from "./ranks.js";
import { Remembered } from "./remembered.js";
import { termsOf } from "./terms.js";

/** Number of runs after which their results are taken into account; a run depends on earlier generations only. */
export const GENERATION = 32;

/** Where a search gets its genomes from. */
export interface GenomeSource {
  /** The genome of a run, counted from 0. All runs of earlier generations must have been reported. */
  genome(index: number): Genome;
  /** The job of a run, counted from 0. */
  job(index: number): GenomeJob;
  /** Records the report of a job. */
  reported(report: RunReport): void;
  /** Called between two generations. */
  grow(): void;
  /** From now on, moves are made whatever came of trying them: contracts were seen to tell the one from the other. */
  distrustTrials(): void;
}

/**
 * The genomes of a campaign: fresh ones, with what the generations that are over say of what stands in for refused moves. Each
 * depends on the seed, its index and these generations, so lanes can play a generation in any order.
 */
export class RankedSource implements GenomeSource {
  readonly #world: World;
  readonly #fresh: (index: number) => Genome;
  readonly #ranks: Ranks;
  readonly #order = new OrderOfActions();
  readonly #remembered = new Remembered();
  readonly #learns: boolean;
  readonly #terms: readonly number[];
  #isDistrusted = false;

  /**
   * @param seed - 32 bits
   * @param options - `first`: the index, in the seed's sequence, of the genome that this source counts as 0; `learns`: whether
   * anything follows from the generations that are over
   */
  constructor(
    world: World,
    seed: number,
    { first = 0, learns = true }: { readonly first?: number; readonly learns?: boolean } = {},
  ) {
    this.#learns = learns;
    this.#terms = termsOf(world);
    this.#world = world;
    this.#ranks = new Ranks(world.catalogue.keys());
    const sequence = genomeSource(world, seed);
    this.#fresh = (index) => {
      const at = first + index;
      return at < GENERATION ? sequence(at) : withHorizon(world, sequence(at));
    };
  }

  /** The genome of a run, counted from 0. All runs of earlier generations must have been reported. */
  genome(index: number): Genome {
    const { names, callers, insiders } = this.#ranks;
    const { calls: accepted } = this.#remembered;
    const { gifts } = this.#order;
    const learnt = { names, callers, insiders, order: this.#order, accepted, terms: this.#terms };
    return {
      ...withDeeper(withPositions(this.#world, this.#fresh(index), learnt), callers),
      ...(names.length === 0 ? {} : { ranks: names }),
      ...(callers.length === 0 ? {} : { callers }),
      ...(gifts.length === 0 ? {} : { gifts }),
      ...(accepted === undefined ? {} : { accepted }),
      ...(this.#isDistrusted ? { asDrawn: true as const } : {}),
    };
  }

  /** What earlier generations have shown. */
  get shown(): Shown & Pick<Learnt, "accepted"> {
    const { callers, succeeded } = this.#ranks;
    return { order: this.#order, callers, succeeded, accepted: this.#remembered.calls };
  }

  /** From now on, moves are made whatever came of trying them: contracts were seen to tell the one from the other. */
  distrustTrials(): void {
    this.#isDistrusted = true;
  }

  /** The job of a run, counted from 0. All runs of earlier generations must have been reported. */
  job(index: number): GenomeJob {
    return { kind: "genome", index, genome: this.genome(index), tally: true };
  }

  /** Records the report of a job. */
  reported({ tally }: RunReport): void {
    if (tally === undefined) return;
    this.#ranks.saw(tally);
    this.#order.saw(tally);
    this.#remembered.saw(tally);
  }

  /** Called between two generations. */
  grow(): void {
    if (!this.#learns) return;
    this.#ranks.grow();
    this.#order.grow();
    this.#remembered.grow();
  }
}
