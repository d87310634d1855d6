import type { MoveGene } from "../events/genome.js";
import type { Profile } from "../world/profile.js";
import type { Reached, Sight } from "./reached.js";

import { stateFeatures } from "./state-features.js";

/** Records what the run of a genome reaches, and with which of its moves, while it is played. */
export class ReachWatch {
  readonly #start: Profile;
  /** Indices of the moves. */
  readonly #places: ReadonlyMap<MoveGene, number>;
  readonly #known = new Set<number>();
  readonly #sights: Sight[] = [];
  readonly #idle = new Set<number>();

  /**
   * @param moves - those of the genome, each a separate object
   * @param start - the profile of the run's starting state
   */
  constructor(moves: readonly MoveGene[], start: Profile) {
    this.#start = start;
    this.#places = new Map(moves.map((move, place) => [move, place]));
  }

  /** What the run has reached so far. */
  get reached(): Reached {
    return { sights: this.#sights, idle: [...this.#idle].sort((a, b) => a - b) };
  }

  /** Records what a block reached. */
  after(block: number, profile: Profile, harm: readonly number[]): void {
    this.#saw({ block }, profile, harm);
  }

  /** Records what a move within a flash loan reached, whether or not the loan is repaid. */
  within(move: MoveGene, profile: Profile, harm: readonly number[]): void {
    const place = this.#places.get(move);
    if (place !== undefined) this.#saw({ move: place }, profile, harm);
  }

  /** Records a move that did nothing. */
  idle(move: MoveGene): void {
    const place = this.#places.get(move);
    if (place !== undefined) this.#idle.add(place);
  }

  #saw(after: Sight["after"], profile: Profile, harm: readonly number[]): void {
    const features = stateFeatures(this.#start, profile, harm).filter(({ id }) => {
      if (this.#known.has(id)) return false;
      this.#known.add(id);
      return true;
    });
    if (features.length > 0) this.#sights.push({ after, features });
  }
}
