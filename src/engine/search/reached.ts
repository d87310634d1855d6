import type { Genome, MoveGene } from "../events/genome.js";
import type { Feature } from "./state-features.js";
import type { Profile } from "../world/profile.js";

import { stateFeatures } from "./state-features.js";

/** What a run reached, and with which of its moves. */
export class Reached {
  readonly #genome: Genome;
  readonly #start: Profile;
  /** Features with the number of moves that led to them, by id. */
  readonly #features = new Map<number, Feature & { readonly moves: number }>();
  readonly #idle = new Set<MoveGene>();

  /** @param start - the profile of the run's starting state */
  constructor(genome: Genome, start: Profile) {
    this.#genome = genome;
    this.#start = start;
  }

  /** The features, each with the genome up to the move that led to it, without moves that did nothing. */
  *features(): Iterable<readonly [feature: Feature, genome: Genome]> {
    const upTo = new Map<number, Genome>();
    for (const { moves: count, ...feature } of this.#features.values()) {
      let genome = upTo.get(count);
      if (genome === undefined) {
        const moves = this.#genome.moves.slice(0, count).filter((move) => !this.#idle.has(move));
        genome = { ...this.#genome, moves };
        upTo.set(count, genome);
      }
      yield [feature, genome];
    }
  }

  /** Records what a block reached. */
  after(block: number, profile: Profile, harm: readonly number[]): void {
    this.#reached(
      stateFeatures(this.#start, profile, harm),
      this.#genome.moves.filter((move) => move.block <= block).length,
    );
  }

  /** Records what a move within a loan reached, whatever becomes of the loan. */
  within(move: MoveGene, profile: Profile, harm: readonly number[]): void {
    this.#reached(stateFeatures(this.#start, profile, harm), this.#genome.moves.indexOf(move) + 1);
  }

  /** Records a move that did nothing. */
  idle(move: MoveGene): void {
    this.#idle.add(move);
  }

  #reached(features: readonly Feature[], moves: number): void {
    for (const feature of features) {
      if (!this.#features.has(feature.id)) this.#features.set(feature.id, { ...feature, moves });
    }
  }
}
