import type { Hex } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { World } from "../../world/world.js";
import type { Before, FreeMove } from "../free-move.js";
import type { Moment } from "../moment.js";
import type { Way } from "./alternatives.js";
import type { Resolved, ResolverItem } from "./pack.js";

import { sendable } from "../../../target/arguments/sendable.js";
import { DEFAULT_GAS, MAX_GAS } from "../intent.js";

import { isMadeAnyway, waysTo } from "./alternatives.js";
import { explicit, resolveMoves } from "./resolve.js";

/** What a move became. */
export interface ResolvedMove {
  /** The action that is made: the move's own, or the one that stands in for it. */
  readonly action: string;
  readonly call: ContractCall;
  readonly gas: bigint;
}

/** Gas of a transaction before it runs, with room for its calldata. */
const INTRINSIC_ROOM = 200_000n;

/**
 * What the moves of a block become, in the order of execution: those in front, feeds and policies, then the others. Moves that
 * come to nothing are missing.
 *
 * @param groups - moves with those that are made inside them, which are tried just before them and do not take effect
 */
export async function resolvedMoves<MoveT extends FreeMove>(
  world: World,
  groups: readonly (readonly MoveT[])[],
  { view, environment, spent, learnt }: Moment,
  before: Before,
): Promise<ReadonlyMap<MoveT, ResolvedMove>> {
  if (groups.length === 0) return new Map();
  const isInFront = ([outer]: readonly MoveT[]): boolean => outer?.position === "front";
  const planned = (among: readonly (readonly MoveT[])[]): readonly Planned<MoveT>[] =>
    among.flatMap(([outer, ...inside]) => [
      ...inside.map((gene) => plan(world, gene, true, view, before)),
      ...(outer === undefined ? [] : [plan(world, outer, false, view, before)]),
    ]);
  const front = planned(groups.filter(isInFront));
  const back = planned(groups.filter((group) => !isInFront(group)));
  const others: readonly ResolverItem[] = [
    ...before.publications.map(({ from, call }) => ({ kind: "made" as const, from, call })),
    ...before.intents.map(({ from, intent: { call } }) => ({ kind: "made" as const, from, call })),
  ];
  const items = [...front.map(({ item }) => item), ...others, ...back.map(({ item }) => item)];
  const { moves: outcomes, trials } = await resolveMoves(world, environment, items, (account) =>
    sendable(view.known.native(account)),
  );
  spent(trials);
  const resolved = new Map<MoveT, ResolvedMove>();
  for (const [index, move] of [...front, ...back].entries()) {
    learnt(returnedBy(move, outcomes[index]));
    const outcome = became(move, outcomes[index], before);
    if (outcome !== undefined) resolved.set(move.gene, outcome);
  }
  return resolved;
}

interface Planned<MoveT extends FreeMove> {
  readonly gene: MoveT;
  readonly ways: readonly Way[];
  readonly isTrial: boolean;
  readonly item: ResolverItem;
}

function plan<MoveT extends FreeMove>(
  world: World,
  gene: MoveT,
  isTrial: boolean,
  view: Moment["view"],
  before: Before,
): Planned<MoveT> {
  const ways = waysTo(world, gene, view, before);
  return { gene, ways, isTrial, item: { kind: isTrial ? "trial" : "move", alternatives: ways } };
}

/** The word that an accepted call returned, if it says more than yes or no. */
function returnedBy({ ways }: Planned<FreeMove>, outcome: Resolved | undefined): readonly Hex[] {
  const accepted = outcome?.alternative === undefined ? undefined : ways[outcome.alternative];
  const [output] = accepted?.call.function.outputs ?? [];
  if (outcome === undefined || output === undefined) return [];
  // what is longer than a word begins with its place
  return /^(u?int\d*|address|bytes\d+)$/.test(output.type) ? [outcome.returned] : [];
}

/** What is refused before a call may be accepted within it: a move inside another is made as it was drawn then. */
function became(
  { gene, ways, isTrial }: Planned<FreeMove>,
  outcome: Resolved | undefined,
  { asDrawn }: Before,
): ResolvedMove | undefined {
  const [drawn] = ways;
  const accepted = outcome?.alternative === undefined ? undefined : ways[outcome.alternative];
  if (accepted !== undefined && outcome !== undefined) {
    const amount = isTrial ? beyond(gene, accepted, outcome.amount) : outcome.amount;
    return { action: accepted.action, call: explicit(accepted.call, amount), gas: gasFor(outcome) };
  }
  if (drawn?.action !== gene.action || !(isTrial || asDrawn === true || isMadeAnyway(gene))) return undefined;
  const { open: _open, ...call } = drawn.call;
  return { action: drawn.action, call, gas: DEFAULT_GAS };
}

/** What the largest amount that is accepted outside is multiplied with inside, in hundredths. */
const BEYOND = [100n, 100n, 100n, 100n, 101n, 110n, 150n, 200n, 500n];

/** In the middle of a call a contract may accept more than it does otherwise: that is what re-entering it is for. */
function beyond({ luck = 0 }: FreeMove, { call: { open } }: Way, amount: bigint): bigint {
  if (open?.seeks !== "most" || amount >= AMOUNT_LIMIT) return amount;
  return (amount * (BEYOND[luck % BEYOND.length] ?? 100n)) / 100n;
}

/** Amounts above this are not multiplied: everything, or the largest value of a type. */
const AMOUNT_LIMIT = 2n ** 96n;

/** The gas limit of a call that took this much when it was tried, with room for what others do before it. */
function gasFor({ gasUsed }: Resolved): bigint {
  const enough = (gasUsed * 3n) / 2n + INTRINSIC_ROOM;
  if (enough <= DEFAULT_GAS) return DEFAULT_GAS;
  return enough > MAX_GAS ? MAX_GAS : enough;
}
