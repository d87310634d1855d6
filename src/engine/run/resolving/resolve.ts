import type { Address } from "viem";

import type { OpenCall } from "../../../protocols/open-amount.js";
import type { BlockEnvironment } from "../../chain/chain.js";
import type { World } from "../../world/world.js";
import type { Inside } from "../free-move.js";
import type { CalledBackMove } from "./in-callback.js";
import type { Alternative, Resolved, ResolverAnswer } from "./pack.js";
import type { Made, Queued, Settled, Waiting } from "./queue.js";

import { calledBackWaiting } from "./in-callback.js";
import { packMoves, unpackMoves } from "./pack.js";
import { isWaiting, waiting } from "./queue.js";

const REFUSED: Settled = { alternative: undefined, amount: 0n, gasUsed: 0n, isPaidCoin: false, returned: "0x" };

/**
 * The most calls of the Resolver in a block, besides one for each move in a callback, two for those in a callback of one of those, and
 * one for each that nothing is resolved behind; moves that are left then are refused.
 */
const MOST_CALLS = 12;

/** Bisections of an amount for which the gas of a call did not suffice: less than one part in a hundred is missing. */
const FEWER_STEPS = 7;

/** What is resolved, in order: calls that are made whatever comes of them, moves, and moves with others in their callbacks. */
export type ToResolve =
  Made | { readonly kind: "move"; readonly alternatives: readonly Alternative[] } | CalledBackMove;

/** The outcomes of moves, in order, each followed by those inside it, and what they cost. */
export interface Resolution {
  readonly moves: readonly Settled[];
  /** Calls that were tried. */
  readonly trials: number;
}

/**
 * Finds out which moves the state before a block accepts, each behind those before it, and those in a callback where they happen. One
 * call, unless its gas does not suffice for all of them or a callback comes: what is left is resolved behind what was found. An amount
 * for which a whole call does not suffice is sought less exactly, and a move that takes more than a call has is refused.
 *
 * @param environment - of the coming block
 * @param purse - what an account that sends native coin along may spend, wei; all that it has if `undefined`
 */
export async function resolveMoves(
  world: World,
  environment: BlockEnvironment,
  items: readonly ToResolve[],
  purse: (account: Address) => bigint | undefined = () => undefined,
): Promise<Resolution> {
  let queue = queued(items);
  const count = items.reduce((sum, item) => sum + movesOf(item), 0);
  const unresolved = queue.filter(isWaiting);
  const deep = items.flatMap((item) =>
    item.kind === "calledBack" ? item.inside.filter(({ how }) => isDeep(how)) : [],
  );
  const last = unresolved.filter(({ isLast }) => isLast === true);
  const mostCalls = MOST_CALLS + count - unresolved.length + deep.length + last.length;
  const purses = pursesIn(queue, purse);
  const settled = new Map<number, Settled>();
  let trials = 0;
  for (let calls = 0; calls < mostCalls && queue.some(isWaiting); calls++) {
    const last = queue.findIndex((item) => isWaiting(item) && item.isLast === true);
    const sent = last === -1 ? queue : queue.slice(0, last + 1);
    const senders = sent.flatMap((item) => (isWaiting(item) ? item.alternatives.map(({ from }) => from) : [item.from]));
    const answer = unpackMoves(await world.tryAhead(environment, [...new Set(senders)], packMoves(sent), purses));
    trials += answer.trials;
    queue = behind(queue, answer, settled);
  }
  return { moves: Array.from({ length: count }, (_, move) => settled.get(move) ?? REFUSED), trials };
}

function isDeep({ depth = 1 }: Inside): boolean {
  return depth > 1;
}

function queued(items: readonly ToResolve[]): readonly Queued[] {
  let moves = 0;
  return items.flatMap((item): readonly Queued[] => {
    if (item.kind === "made") return [item];
    const first = moves;
    moves += movesOf(item);
    return [item.kind === "calledBack" ? calledBackWaiting(item, first) : waiting(first, item.alternatives)];
  });
}

function movesOf(item: ToResolve): number {
  if (item.kind === "made") return 0;
  return item.kind === "calledBack" ? 1 + item.inside.length : 1;
}

/** What is left behind an answer of the Resolver. @param settled - gets what became of moves */
function behind(queue: readonly Queued[], answer: ResolverAnswer, settled: Map<number, Settled>): readonly Queued[] {
  const left = [...answer.moves];
  let isNext = true;
  return queue.flatMap((item): readonly Queued[] => {
    if (!isWaiting(item)) return [item];
    const outcome = left.shift();
    if (outcome !== undefined) {
      const next = item.then(counted(outcome, item));
      for (const [move, its] of next.settled) settled.set(move, its);
      return next.queue;
    }
    if (!isNext) return [item];
    isNext = false;
    const rest = without(item, answer.refused);
    // a call that brought nothing would bring nothing again
    return [answer.moves.length > 0 || answer.refused > 0 ? rest : lighter(rest)];
  });
}

function pursesIn(
  queue: readonly Queued[],
  purse: (account: Address) => bigint | undefined,
): ReadonlyMap<Address, bigint> {
  const paying = queue
    .flatMap((item) => (isWaiting(item) ? item.alternatives : []))
    .filter(({ call }) => sendsCoin(call));
  return new Map(
    paying.flatMap(({ from }) => {
      const wei = purse(from);
      return wei === undefined ? [] : [[from, wei] as const];
    }),
  );
}

function sendsCoin({ value = 0n, open, inner = [] }: OpenCall): boolean {
  return value > 0n || open?.isValue === true || open?.way.length === 0 || inner.some(sendsCoin);
}

/** The outcome with the alternative as it was counted at first. */
function counted(outcome: Resolved, { refused }: Waiting): Resolved {
  return outcome.alternative === undefined ? outcome : { ...outcome, alternative: outcome.alternative + refused };
}

function without(move: Waiting, refused: number): Waiting {
  return { ...move, alternatives: move.alternatives.slice(refused), refused: move.refused + refused };
}

/** The move with less to try: a coarser amount of its first alternative, or not even that. */
function lighter(move: Waiting): Waiting {
  const [first, ...others] = move.alternatives;
  const open = first?.call.open;
  if (first === undefined || open === undefined || open.steps <= FEWER_STEPS) return without(move, 1);
  const coarser = { ...first.call, open: { ...open, steps: FEWER_STEPS } };
  return { ...move, alternatives: [{ ...first, call: coarser }, ...others] };
}
