import type { Genome } from "../events/genome.js";
import type { Feature } from "./state-features.js";

/**
 * What the run of a genome reached, as plain data. It refers to the genome's moves by their indices; {@link reachedBy} reads
 * it together with the genome.
 */
export interface Reached {
  /** The states with features that were new in this run, in the order in which they were reached. */
  readonly sights: readonly Sight[];
  /** Indices of the moves that did nothing, ascending. */
  readonly idle: readonly number[];
}

/** A state that a run reached. */
export interface Sight {
  /** The block, or the index of the move within a flash loan, after which it was observed. The loan itself may fail. */
  readonly after: { readonly block: number } | { readonly move: number };
  /** The features that were new in this run. */
  readonly features: readonly Feature[];
}

/**
 * The features that a run reached, each with the genome up to the move that led to it, without moves that did nothing.
 *
 * A mutation may repeat a move, as the same object. Repetitions count as one move: they are idle together, and what a later
 * one reached within a loan is the first one's.
 *
 * @param genome - the genome that was played
 */
export function* reachedBy(
  genome: Genome,
  { sights, idle }: Reached,
): Iterable<readonly [feature: Feature, genome: Genome]> {
  const { moves } = genome;
  const skipped = new Set(idle.map((place) => moves[place]));
  const upTo = new Map<number, Genome>();
  for (const { after, features } of sights) {
    const count =
      "block" in after
        ? moves.filter(({ block }) => block <= after.block).length
        : moves.findIndex((move) => move === moves[after.move]) + 1;
    let cut = upTo.get(count);
    if (cut === undefined) {
      cut = { ...genome, moves: moves.slice(0, count).filter((move) => !skipped.has(move)) };
      upTo.set(count, cut);
    }
    for (const feature of features) yield [feature, cut];
  }
}
