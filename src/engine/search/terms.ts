import type { Random } from "../../market/random.js";
import type { Genome } from "../events/genome.js";
import type { PauseGene } from "../events/pause.js";
import type { World } from "../world/world.js";

/** Spans that contracts name are whole hours: a number that is not is an amount, a rate or an id. */
const HOUR = 3_600n;

/** Of 100 positions around a moment, those with a pause of a span that contracts name. */
const SHARE = 60;

/** Seconds that come on top, at most: what is due after a day may not be yet after exactly that. */
const MORE = 60;

/**
 * The spans of time that contracts name in their views, their code or their storage, seconds: a notice, a term, a cooldown; of those, what a pause of
 * the scenario may last.
 */
export function termsOf({
  scenario: { pauses },
  frame,
  start,
}: Pick<World, "frame" | "scenario" | "start">): readonly number[] {
  const [least, longest] = pauses.seconds;
  const { constants, stored } = frame.fromStart;
  const named = [...start.get(frame.dictionary).numbers, ...constants.numbers, ...stored.numbers];
  const spans = named.filter((value) => value % HOUR === 0n && value >= BigInt(least) && value <= BigInt(longest));
  return [...new Set(spans)].map(Number);
}

/**
 * The genome, in which mostly as much time as contracts name passes at a moment, if pauses are possible: what has a term is worth waiting
 * for.
 *
 * @param terms - seconds
 */
export function withTerm(
  genome: Genome,
  moment: number,
  { terms, most }: { readonly terms: readonly number[]; readonly most: number },
  random: Random,
): Genome {
  if (terms.length === 0 || random.integer(0, 99) >= SHARE) return genome;
  const seconds = random.pick(terms) + random.integer(0, MORE);
  const { pauses = [] } = genome;
  const same = pauses.find(({ block }) => block === moment);
  if (same === undefined && pauses.length >= most) return genome;
  const pause: PauseGene = { block: moment, seconds: Math.max(seconds, same?.seconds ?? 0) };
  const others = pauses.filter((one) => one !== same);
  return { ...genome, pauses: [...others, pause].sort((a, b) => a.block - b.block) };
}
