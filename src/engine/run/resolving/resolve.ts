import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { OpenCall } from "../../../protocols/open-amount.js";
import type { BlockEnvironment } from "../../chain/chain.js";
import type { World } from "../../world/world.js";
import type { Alternative, Resolved, ResolverItem } from "./pack.js";

import { withAmount } from "../../../protocols/open-amount.js";

import { packMoves, unpackMoves } from "./pack.js";

const REFUSED: Resolved = { alternative: undefined, amount: 0n, gasUsed: 0n, returned: "0x" };

/** The most calls of the Resolver in a block; moves that are left then are refused. */
const MOST_CALLS = 12;

/** Bisections of an amount for which the gas of a call did not suffice: less than one part in a hundred is missing. */
const FEWER_STEPS = 7;

/** The outcomes of moves, in order, and what they cost. */
export interface Resolution {
  readonly moves: readonly Resolved[];
  /** Calls that were tried. */
  readonly trials: number;
}

type Made = Extract<ResolverItem, { kind: "made" }>;

/** A move that waits for its outcome. */
interface Waiting {
  readonly kind: "move" | "trial";
  readonly alternatives: readonly Alternative[];
  /** How many of its alternatives were refused already, and are no longer among them. */
  readonly refused: number;
}

/**
 * Finds out which moves the state before a block accepts, each behind those before it. One call, unless its gas does not
 * suffice for all of them: what is left is resolved behind what was found. An amount for which a whole call does not suffice
 * is sought less exactly, and a move that takes more than a call has is refused.
 *
 * @param environment - of the coming block
 * @param purse - what an account that sends native coin along may spend, wei; all that it has if `undefined`
 */
export async function resolveMoves(
  world: World,
  environment: BlockEnvironment,
  items: readonly ResolverItem[],
  purse: (account: Address) => bigint | undefined = () => undefined,
): Promise<Resolution> {
  const purses = pursesIn(items, purse);
  const outcomes: Resolved[] = [];
  let trials = 0;
  let waiting = items.map((item): Made | Waiting => (item.kind === "made" ? item : { ...item, refused: 0 }));
  for (let calls = 0; calls < MOST_CALLS && waiting.some(isWaiting); calls++) {
    const senders = waiting.flatMap((item) =>
      isWaiting(item) ? item.alternatives.map(({ from }) => from) : [item.from],
    );
    const answer = unpackMoves(await world.tryAhead(environment, [...new Set(senders)], packMoves(waiting), purses));
    trials += answer.trials;
    const left = [...answer.moves];
    let isNext = true;
    waiting = waiting.flatMap((item): readonly (Made | Waiting)[] => {
      if (!isWaiting(item)) return [item];
      const outcome = left.shift();
      if (outcome !== undefined) {
        outcomes.push(counted(outcome, item));
        return madeOf(item, outcome);
      }
      if (!isNext) return [item];
      isNext = false;
      const rest = without(item, answer.refused);
      // a call that brought nothing would bring nothing again
      return [answer.moves.length > 0 || answer.refused > 0 ? rest : lighter(rest)];
    });
  }
  return { moves: [...outcomes, ...waiting.filter(isWaiting).map(() => REFUSED)], trials };
}

function pursesIn(
  items: readonly ResolverItem[],
  purse: (account: Address) => bigint | undefined,
): ReadonlyMap<Address, bigint> {
  const paying = items
    .flatMap((item) => (item.kind === "made" ? [] : item.alternatives))
    .filter(({ call }) => sendsCoin(call));
  return new Map(
    paying.flatMap(({ from }) => {
      const wei = purse(from);
      return wei === undefined ? [] : [[from, wei] as const];
    }),
  );
}

function sendsCoin({ value = 0n, open }: OpenCall): boolean {
  return value > 0n || open?.isValue === true || open?.way.length === 0;
}

function isWaiting(item: Made | Waiting): item is Waiting {
  return item.kind !== "made";
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

/** The call that a move became, for those that are resolved behind it. */
function madeOf({ kind, alternatives }: Waiting, { alternative, amount }: Resolved): readonly Made[] {
  const accepted = alternative === undefined || kind === "trial" ? undefined : alternatives[alternative];
  if (accepted === undefined) return [];
  return [{ kind: "made", from: accepted.from, call: explicit(accepted.call, amount) }];
}

/** The call with the amount that was found. */
export function explicit({ open, ...call }: OpenCall, amount: bigint): ContractCall {
  if (open === undefined) return call;
  const filled = withAmount(call, open.way, open.isNegative === true ? BigInt.asIntN(256, amount) : amount);
  return open.isValue ? { ...filled, value: amount } : filled;
}
