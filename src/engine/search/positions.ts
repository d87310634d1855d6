import type { Random } from "../../market/random.js";
import type { Genome, MoveGene } from "../events/genome.js";
import type { AcceptedOperands } from "../run/free-move.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { World } from "../world/world.js";
import type { OrderOfActions, TokenFlow } from "./order-of-actions.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { PPM } from "../../quantity/ppm.js";
import { MOMENT } from "../activity/run-tally.js";
import { momentsIn } from "../events/genome.js";
import { kindsOf } from "../events/kinds.js";
import { movesOf } from "../world/catalogue.js";

/** What it needs of the world. */
type Around = Pick<World, "scenario" | "catalogue" | "events">;

/** Keeps these choices apart from what else follows from a genome's seed. */
const POSITIONS = 0x706f7369;

/** Of 100 runs, those with positions. */
const SHARE = 75;

/** The most positions of a run. */
const MOST = 2;

/** How many other actions a position has, before what it aims at. */
const OTHERS = [0, 0, 0, 0, 1, 1, 1, 2, 2];

/** Of 100 other actions, those that are the position's first once more, with any amount: small next to large is worth trying. */
const AGAIN = 50;

/** Of 100 moves, those whose amounts are as large as possible. */
const FULL = 75;

/** Of 100 positions, those of which something is done once more later on: settled, claimed, seized a second time. */
const ONCE_MORE = 33;

/** Of 100 moves of a position, those that are built as a call was that succeeded, if there is one. */
const KNOWN = 60;

/** Luck is 31 bits. */
const MAX_LUCK = 0x7fffffff;

/** How much less often an action is aimed at that undoes what comes before it. */
const BACK = 3;

/**
 * The genome of a run, mostly with positions in it: just before prices move or time passes, an agent does what comes before an action
 * that seldom succeeds, and then that, with amounts as large as the state accepts. A loan to the limit, an option that is written, a
 * future with all the leverage that there is: what a moving market is dangerous to. What comes before what, earlier runs have
 * shown, so that the names of functions do not matter.
 *
 */
export function withPositions(world: Around, genome: Genome, learnt: Learnt): Genome {
  const random = createRandom(mixSeeds(genome.seed, POSITIONS));
  if (random.integer(0, 99) >= SHARE) return genome;
  const count = random.integer(1, MOST);
  const added = Array.from({ length: count }, () => positionIn(world, genome, learnt, random)).flat();
  return added.length === 0
    ? genome
    : { ...genome, moves: [...genome.moves, ...added].sort((a, b) => a.block - b.block) };
}

/** What earlier runs have shown. */
export interface Learnt {
  /** Of all actions, those first that have succeeded least often. */
  readonly names: readonly string[];
  /** What comes before what. */
  readonly order: OrderOfActions;
  /** What calls were built from that succeeded. */
  readonly accepted?: AcceptedOperands | undefined;
}

/** The moves of a position. */
function positionIn(
  world: Around,
  genome: Genome,
  { names, order, accepted = {} }: Learnt,
  random: Random,
): readonly MoveGene[] {
  const { before } = order;
  const agents = [...world.scenario.agents].flatMap(([agent, definition]) => {
    const offered = new Map(movesOf(definition, world.catalogue).map((entry) => [entry.name, entry]));
    const aims = [...before].filter(([name, needs]) => {
      const own = needs.filter((one) => one !== MOMENT);
      return offered.has(name) && own.length > 0 && own.every((one) => offered.has(one));
    });
    return aims.length === 0 ? [] : [{ agent, offered, aims }];
  });
  if (agents.length === 0) return [];
  const { agent, offered, aims } = random.pick(agents);
  const rarest = (among: readonly string[]): string | undefined => {
    const placed = among.map((name) => {
      const rank = (names.indexOf(name) + 2) * (undoes(order, name) ? BACK : 1);
      return { name, at: -Math.log(1 - random.next()) * rank };
    });
    return placed.sort((a, b) => a.at - b.at)[0]?.name;
  };
  const aim = rarest(aims.map(([name]) => name));
  if (aim === undefined) return [];
  const moments = momentsIn(genome, kindsOf(world).all);
  const { earlier, later } = places(moments, genome, random);
  const move = (action: string, fully: boolean): MoveGene => ({
    ...(before.get(action)?.includes(MOMENT) === true ? later : earlier),
    agent,
    action,
    operands: operandsFor(offered.get(action), accepted, random),
    luck: random.integer(0, MAX_LUCK),
    ...(fully ? { fully } : {}),
  });
  const drawn = (name: string): MoveGene => move(name, random.integer(0, 99) < FULL);
  const needsOf = (name: string): readonly string[] => (before.get(name) ?? []).filter((one) => one !== MOMENT);
  const needed = [...needsOf(aim)].sort((a, b) => needsOf(a).length - needsOf(b).length);
  const [first] = needed;
  const chain = needed.map(drawn);
  const done = new Set(needed);
  for (let others = random.pick(OTHERS); others > 0; others--) {
    if (first !== undefined && random.integer(0, 99) < AGAIN) {
      chain.splice(1, 0, move(first, false));
      continue;
    }
    const possible = [...before.keys()].filter(
      (name) => name !== aim && offered.has(name) && needsOf(name).every((one) => done.has(one)),
    );
    const other = rarest(possible);
    if (other === undefined) continue;
    chain.push(drawn(other));
    done.add(other);
  }
  const whole = [...chain, drawn(aim)];
  return random.integer(0, 99) < ONCE_MORE ? [...whole, onceMore(random.pick(whole), moments, genome, random)] : whole;
}

/** What a move is built from: mostly what a call was that succeeded. */
function operandsFor(entry: CatalogueEntry | undefined, accepted: AcceptedOperands, random: Random): readonly number[] {
  const known = entry === undefined ? [] : (accepted[entry.name] ?? []);
  if (known.length > 0 && random.integer(0, 99) < KNOWN) return random.pick(known);
  return Array.from({ length: entry?.action.operands ?? 0 }, () => random.integer(0, PPM));
}

/** The same move again: at once, or after a later moment. */
function onceMore(move: MoveGene, moments: readonly number[], { blocks }: Genome, random: Random): MoveGene {
  if (random.integer(0, 1) === 0) return move;
  const later = moments.filter((moment) => moment > move.block);
  const block = later.length > 0 ? random.pick(later) : random.integer(move.block, blocks);
  return { ...move, block, position: "back" };
}

/** Whether an action undoes what comes before it: all that it gives was paid in, or all that it takes was paid out. */
function undoes(order: OrderOfActions, name: string): boolean {
  const needs = order.before.get(name) ?? [];
  const moved = (way: keyof TokenFlow): ReadonlySet<string> =>
    new Set(needs.flatMap((one) => [...order.flowOf(one)[way]]));
  const { gets, pays } = order.flowOf(name);
  if (gets.size > 0) return pays.size === 0 && isWithin(gets, moved("pays")) && moved("pays").size === 1;
  return pays.size > 0 && isWithin(pays, moved("gets"));
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((one) => all.has(one));
}

type MovePlace = Pick<MoveGene, "block" | "position">;

/** The last place before one of the moments and the first after it; of any block, if there is none. */
function places(
  moments: readonly number[],
  { blocks }: Genome,
  random: Random,
): { readonly earlier: MovePlace; readonly later: MovePlace } {
  const moment = moments.length === 0 ? random.integer(1, blocks) : random.pick(moments);
  const later = { block: moment, position: "back" } as const;
  return {
    earlier: moment > 1 ? { block: moment - 1, position: "back" } : { block: 1, position: "front" },
    later,
  };
}
