import type { ContractCall } from "../../../protocols/call.js";
import type { World } from "../../world/world.js";
import type { Before, FreeMove, Inside } from "../free-move.js";
import type { Moment } from "../moment.js";
import type { Returned } from "../seen.js";
import type { Way } from "./alternatives.js";
import type { Settled } from "./queue.js";
import type { ToResolve } from "./resolve.js";

import { sendable } from "../../../target/arguments/sendable.js";
import { accountOf } from "../../../view/accounts.js";
import { DEFAULT_GAS, MAX_GAS } from "../intent.js";

import { isMadeAnyway, paymentsTo, waysTo } from "./alternatives.js";
import { resolveMoves } from "./resolve.js";

/** What a move became. */
export interface ResolvedMove {
  /** The action that is made: the move's own, or the one that stands in for it. */
  readonly action: string;
  /** What the call was built from. */
  readonly operands: readonly number[];
  readonly call: ContractCall;
  readonly gas: bigint;
  /** Set if it leaves its sender more native coin, fees aside. */
  readonly isPaidCoin?: true;
  /** Of a move that is made in a callback: how deep, see `Inside.depth`. */
  readonly depth?: number;
  /** Whether it is made although the state refuses it. */
  readonly isRefused?: true;
}

/** Gas of a transaction before it runs, with room for its calldata. */
const INTRINSIC_ROOM = 200_000n;

/**
 * What the moves of a block become, in the order of execution: those in front, feeds and policies, then the others. Moves that
 * come to nothing are missing.
 *
 * @param groups - moves, each with those that are to be made inside it
 */
export async function resolvedMoves<MoveT extends FreeMove>(
  world: World,
  groups: readonly (readonly MoveT[])[],
  { view, environment, spent, learnt }: Moment,
  before: Before,
): Promise<ReadonlyMap<MoveT, ResolvedMove>> {
  if (groups.length === 0) return new Map();
  const isInFront = ([outer]: readonly MoveT[]): boolean => outer?.position === "front";
  const planned = (among: readonly (readonly MoveT[])[]): readonly (readonly Planned<MoveT>[])[] =>
    among.map((group) => {
      let around: readonly Way[] = [];
      return group.map((gene, place) => {
        const next = group[place + 1];
        const isOuter = next !== undefined && depthOf(next) > depthOf(gene);
        const callers = isOuter && before.asDrawn !== true ? before.callers : undefined;
        const ways = waysTo(world, gene, view, { ...before, callers });
        const payments = around[0] === undefined ? [] : paymentsTo(world, gene, view, around[0].call.to);
        around = isOuter ? ways : [];
        return { gene, ways, payments };
      });
    });
  const front = planned(groups.filter(isInFront));
  const back = planned(groups.filter((group) => !isInFront(group)));
  const others: readonly ToResolve[] = [
    ...before.publications.map(({ from, call }) => ({ kind: "made" as const, from, call })),
    ...before.intents.map(({ from, intent: { call } }) => ({ kind: "made" as const, from, call })),
  ];
  const items = [
    ...front.map((group) => itemOf(world, group)),
    ...others,
    ...back.map((group) => itemOf(world, group)),
  ];
  const { moves: outcomes, trials } = await resolveMoves(world, environment, items, (account) =>
    sendable(view.known, account),
  );
  spent(trials);
  const resolved = new Map<MoveT, ResolvedMove>();
  for (const [index, move] of [...front, ...back].flat().entries()) {
    learnt(returnedBy(outcomes[index]));
    const outcome = became(move, outcomes[index], before);
    if (outcome !== undefined) resolved.set(move.gene, outcome);
  }
  return resolved;
}

interface Planned<MoveT extends FreeMove> {
  readonly gene: MoveT;
  readonly ways: readonly Way[];
  /** Of the first inside another: transfers that pay for that one. */
  readonly payments: readonly Way[];
}

/** How deep inside others a move is made, 0 for inside of none. */
function depthOf({ inside }: FreeMove): number {
  return inside === undefined ? 0 : (inside.depth ?? 1);
}

/** The word that an accepted call returned, if it says more than yes or no. */
function returnedBy(outcome: Settled | undefined): readonly Returned[] {
  const [output] = outcome?.call?.function.outputs ?? [];
  if (outcome === undefined || output === undefined || outcome.call?.code !== undefined) return [];
  // what is longer than a word begins with its place
  if (!/^(u?int\d*|address|bytes\d+)$/.test(output.type)) return [];
  const isNumber = /^(uint\d*|bytes32)$/.test(output.type);
  return [{ name: isNumber ? (output.name ?? "") : "", word: outcome.returned }];
}

function itemOf(world: World, [outer, ...inside]: readonly Planned<FreeMove>[]): ToResolve {
  if (outer === undefined || inside.length === 0) return { kind: "move", alternatives: outer?.ways ?? [] };
  const callsOf = ({ ways }: Planned<FreeMove>): readonly Way["call"][] => ways.map(({ call }) => call);
  return {
    kind: "calledBack",
    from: accountOf(world.frame.accounts, outer.gene.agent),
    outer: callsOf(outer),
    inside: inside.map((move) => ({
      ways: callsOf(move),
      payments: move.payments.map(({ call }) => call),
      how: move.gene.inside ?? AT_ONCE,
    })),
  };
}

/** Groups have no such moves. */
const AT_ONCE: Inside = { callback: 1, answer: "nothing", same: false };

function became(
  { gene, ways, payments }: Planned<FreeMove>,
  outcome: Settled | undefined,
  { asDrawn }: Before,
): ResolvedMove | undefined {
  const [drawn] = ways;
  const accepted = outcome?.alternative === undefined ? undefined : [...ways, ...payments][outcome.alternative];
  if (accepted !== undefined && outcome?.call !== undefined) {
    const { code: _code, ...call } = outcome.call;
    const paid = outcome.isPaidCoin ? ({ isPaidCoin: true } as const) : {};
    const deep = outcome.depth === undefined ? {} : { depth: outcome.depth };
    return { action: accepted.action, operands: accepted.operands, call, gas: gasFor(outcome), ...deep, ...paid };
  }
  if (drawn?.action !== gene.action || !(asDrawn === true || isMadeAnyway(gene))) return undefined;
  const { open: _open, code: _code, ...call } = drawn.call;
  return { action: drawn.action, operands: drawn.operands, call, gas: DEFAULT_GAS, isRefused: true };
}

/** The gas limit of a call that took this much when it was tried, with room for what others do before it. */
function gasFor({ gasUsed }: Settled): bigint {
  const enough = (gasUsed * 3n) / 2n + INTRINSIC_ROOM;
  if (enough <= DEFAULT_GAS) return DEFAULT_GAS;
  return enough > MAX_GAS ? MAX_GAS : enough;
}
