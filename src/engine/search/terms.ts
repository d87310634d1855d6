import type { Random } from "../../market/random.js";
import type { PauseModel } from "../../scenario/scenario.js";
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

/** How time passes at a moment. */
interface Wait {
  /** Spans to choose from, seconds. */
  readonly terms: readonly number[];
  readonly pauses: PauseModel;
}

/**
 * The genome, in which mostly as much time as contracts name passes at a moment, if pauses are possible: what has a term is worth waiting
 * for.
 */
export function withTerm(genome: Genome, moment: number, { terms, pauses }: Wait, random: Random): Genome {
  if (terms.length === 0 || random.integer(0, 99) >= SHARE) return genome;
  return withPause(genome, { block: moment, seconds: random.pick(terms) + random.integer(0, MORE) }, pauses.most);
}

/** The genome, in which time passes at a block, if pauses are possible: as much as contracts name, or else any that a pause may last. */
export function withWait(genome: Genome, block: number, { terms, pauses }: Wait, random: Random): Genome {
  const [least, longest] = pauses.seconds;
  const any = Math.round(least * (longest / least) ** random.next());
  const isAny = terms.length === 0 || random.integer(0, 99) >= SHARE;
  return withPause(genome, { block, seconds: isAny ? any : random.pick(terms) + random.integer(0, MORE) }, pauses.most);
}

/** The genome with a pause, or with a longer one in its place; as it is, if it may have no more. */
function withPause(genome: Genome, { block, seconds }: PauseGene, most: number): Genome {
  const { pauses = [] } = genome;
  const same = pauses.find((one) => one.block === block);
  if (same === undefined && pauses.length >= most) return genome;
  const pause: PauseGene = { block, seconds: Math.max(seconds, same?.seconds ?? 0) };
  const others = pauses.filter((one) => one !== same);
  return { ...genome, pauses: [...others, pause].sort((a, b) => a.block - b.block) };
}
