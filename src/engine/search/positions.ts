import type { Random } from "../../market/random.js";
import type { Genome, MoveGene } from "../events/genome.js";
import type { AcceptedOperands } from "../run/free-move.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { World } from "../world/world.js";
import type { Known } from "./chains.js";
import type { Link } from "./link.js";

import { isCalledBackEver } from "../../agents/agent.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { MOMENT } from "../activity/run-tally.js";
import { momentsIn } from "../events/genome.js";
import { howInside } from "../events/inside.js";
import { kindsOf } from "../events/kinds.js";
import { anyOperands, movesOf } from "../world/catalogue.js";

import { chainOf } from "./chains.js";
import { aboutTheSame, namesTwo } from "./same-subjects.js";
import { withTerm, withWait } from "./terms.js";
import { withTwo } from "./two-of-a-kind.js";

/** What it needs of the world. */
type Around = Pick<World, "scenario" | "catalogue" | "events">;

/** What earlier runs have shown. */
export interface Learnt extends Known {
  /** What calls were built from that succeeded. */
  readonly accepted?: AcceptedOperands | undefined;
  /** Spans of time that contracts name, seconds. */
  readonly terms?: readonly number[];
}

/** Keeps these choices apart from what else follows from a genome's seed. */
const POSITIONS = 0x706f7369;

/** Of 100 runs, those with positions. */
const SHARE = 75;

/** The most positions of a run. */
const MOST = 2;

/** Of 100 moves, those that are built as a call was that succeeded, if there is one. */
const KNOWN = 60;

/** Of 100 positions, those that are entered before a moment and gone on with after it, whether that needs the moment or not. */
const ACROSS = 40;

/** And of those with two of a kind. */
const ACROSS_OF_TWO = 60;

/** Of 100 positions, those whose moves before the moment come a block after the other: votes are counted as of the block before. */
const STEPWISE = 25;

/** And of those with two of a kind: ids that a block has given out are known in the next. */
const STEPWISE_OF_TWO = 60;

/** Of 100 positions, those of which something is done again: settled, claimed, seized a second time. */
const ONCE_MORE = 33;

/** Of 100 positions, those of an agent that does nothing before: what is owed or locked already stands in the way of much. */
const FROM_NOTHING = 30;

/** How often, at once: what brings little, or rounds a little, is worth doing over and over. */
const TIMES = [1, 1, 1, 2, 4];

/** Luck is 31 bits. */
const MAX_LUCK = 0x7fffffff;

/**
 * The genome of a run, mostly with positions in it: just before prices move or time passes, an agent does what comes before an action
 * that seldom succeeds, and then that, with amounts mostly as large as the state accepts, and now and then as small. A loan to the limit, an option that is written, a
 * future with all the leverage that there is: what a moving market is dangerous to. What comes before what, earlier runs have
 * shown, so that the names of functions do not matter.
 */
export function withPositions(world: Around, genome: Genome, learnt: Learnt): Genome {
  const random = createRandom(mixSeeds(genome.seed, POSITIONS));
  if (random.integer(0, 99) >= SHARE) return genome;
  let grown = genome;
  for (let left = random.integer(1, MOST); left > 0; left--) grown = withPosition(world, grown, learnt, random);
  return grown;
}

/** The genome with the moves of a position, and perhaps with time to wait for. */
function withPosition(world: Around, genome: Genome, learnt: Learnt, random: Random): Genome {
  const { agents, pauses } = world.scenario;
  if (agents.size === 0) return genome;
  const [agent, definition] = random.pick([...agents]);
  const offered = new Map(
    movesOf(definition, world.catalogue).flatMap((entry) => (entry.isLoan === true ? [] : [[entry.name, entry]])),
  );
  const isCalledBack = isCalledBackEver(definition);
  const takesTwo = (action: string): boolean => namesTwo(offered.get(action)?.action.subjects ?? []);
  const single = chainOf(learnt, { offered: new Set(offered.keys()), isCalledBack, takesTwo }, random);
  if (single.length === 0) return genome;
  const pays = (action: string): boolean => learnt.order.flowOf(action).pays.size > 0;
  const { chain, others: another } = withTwo(single, { takesTwo, pays }, random);
  const moments = momentsIn(genome, kindsOf(world).all);
  const moment = moments.length === 0 ? random.integer(1, genome.blocks) : random.pick(moments);
  const after = isAfter(chain, another, learnt, random);
  const isStepwise = random.integer(0, 99) < (another > 0 ? STEPWISE_OF_TWO : STEPWISE);
  const stops = stopsOf(chain, learnt, after);
  const isFull = (genome.pauses ?? []).length >= pauses.most;
  const blocks = blocksOf(moment, stops.at(-1) ?? 0, { moments, isFull, last: genome.blocks }, random);
  const operands = aboutTheSame(
    chain.map(({ action }, at) => {
      const entry = offered.get(action);
      return {
        subjects: entry?.action.subjects ?? [],
        operands: operandsFor(entry, learnt, random),
        isOther: at < another,
      };
    }),
    random,
  );
  const moves = chain.map(({ action, extent, depth }, at): MoveGene => ({
    ...(at < after
      ? justBefore(moment, isStepwise ? after - at : 1)
      : { block: blocks[stops[at] ?? 0] ?? moment, position: "back" }),
    agent,
    action,
    operands: operands[at] ?? [],
    luck: random.integer(0, MAX_LUCK),
    ...(extent === undefined ? {} : { extent }),
    ...(depth === undefined ? {} : { inside: { ...howInside(random), ...(depth > 1 ? { depth } : {}) } }),
  }));
  const whole = withCallers(moves);
  const added = random.integer(0, 99) < ONCE_MORE ? withMore(whole, moments, genome, random) : whole;
  const { terms = [] } = learnt;
  const wait = { terms, pauses };
  const first = moves[0]?.block ?? moment;
  const others =
    random.integer(0, 99) < FROM_NOTHING
      ? genome.moves.filter((move) => move.agent !== agent || move.block > first)
      : genome.moves;
  const timed = blocks
    .slice(1)
    .reduce((now, block) => withWait(now, block, wait, random), withTerm(genome, moment, wait, random));
  return { ...timed, moves: [...others, ...added].sort((a, b) => a.block - b.block) };
}

/** From which link on a chain comes after the moment. @param another - how many links at its beginning are about something else */
function isAfter(chain: readonly Link[], another: number, { order }: Learnt, random: Random): number {
  const needs = chain.findIndex(({ action }) => order.before.get(action)?.includes(MOMENT) === true);
  const least = needs === -1 ? chain.length : needs;
  if (random.integer(0, 99) >= (another > 0 ? ACROSS_OF_TWO : ACROSS)) return least;
  // of two of a kind, one goes into the other when prices have moved
  return Math.min(least, another > 0 ? 2 * another : random.integer(1, chain.length));
}

/** How many further moments each link comes after: an auction that prices have opened is over only after some time. */
function stopsOf(chain: readonly Link[], { order }: Learnt, after: number): readonly number[] {
  const stops: number[] = [];
  for (const [at, { action }] of chain.entries()) {
    const now = stops[at - 1] ?? 0;
    const waits = order.waits.get(action) ?? [];
    const isTooEarly = chain
      .slice(0, at)
      .some((link, before) => before >= after && stops[before] === now && waits.includes(link.action));
    stops.push(isTooEarly ? now + 1 : now);
  }
  return stops;
}

/** The blocks of a moment and of so many that follow: other moments of the run, or, if it may have more pauses, any. */
function blocksOf(
  moment: number,
  more: number,
  { moments, isFull, last }: { readonly moments: readonly number[]; readonly isFull: boolean; readonly last: number },
  random: Random,
): readonly number[] {
  const found = [moment];
  for (let at = moment; found.length <= more && at < last;) {
    const later = moments.filter((one) => one > at);
    at = later.length > 0 && (isFull || random.integer(0, 1) === 0) ? random.pick(later) : random.integer(at + 1, last);
    found.push(at);
  }
  return found;
}

/** The moves, those in callbacks where what calls back is. */
function withCallers(moves: readonly MoveGene[]): readonly MoveGene[] {
  return moves.map((move, at) => {
    const outer = moves[at - 1];
    if (move.inside === undefined || outer === undefined) return move;
    return { ...move, block: outer.block, position: outer.position };
  });
}

type MovePlace = Pick<MoveGene, "block" | "position">;

/** The last place so many blocks before a moment. */
function justBefore(moment: number, blocks: number): MovePlace {
  return moment > blocks ? { block: moment - blocks, position: "back" } : { block: 1, position: "front" };
}

/** What a move is built from: mostly what a call was that succeeded. */
function operandsFor(entry: CatalogueEntry | undefined, { accepted = {} }: Learnt, random: Random): readonly number[] {
  const known = entry === undefined ? [] : (accepted[entry.name] ?? []);
  if (known.length > 0 && random.integer(0, 99) < KNOWN) return random.pick(known);
  return entry === undefined ? [] : anyOperands(entry.action, random);
}

/** The moves with one of them again: at once and perhaps several times, or after a later moment, perhaps with all that follows it. */
function withMore(
  moves: readonly MoveGene[],
  moments: readonly number[],
  { blocks }: Genome,
  random: Random,
): readonly MoveGene[] {
  const drawn = random.integer(0, moves.length - 1);
  if (random.integer(0, 1) === 0) {
    const more = Array.from({ length: random.pick(TIMES) }, () => moves.slice(drawn, drawn + 1)).flat();
    return [...moves.slice(0, drawn), ...more, ...moves.slice(drawn)];
  }
  // what is done in a callback comes with what calls back
  const isOutermost = ({ inside }: MoveGene): boolean => inside === undefined;
  const at = moves.slice(0, drawn + 1).findLastIndex(isOutermost);
  const move = moves[at];
  if (move === undefined) return moves;
  const later = moments.filter((moment) => moment > move.block);
  const block = later.length > 0 ? random.pick(later) : random.integer(move.block, blocks);
  const next = moves.findIndex((one, index) => index > at && isOutermost(one));
  const round = random.integer(0, 1) === 0 || next === -1 ? moves.slice(at) : moves.slice(at, next);
  const shifted = round.map((one): MoveGene => ({
    ...one,
    block: Math.min(blocks, one.block + block - move.block),
    position: "back",
  }));
  return [...moves, ...shifted];
}
