import type { Address } from "viem";

import type { Agent } from "../../agents/agent.js";
import type { ActionContext } from "../../protocols/action.js";
import type { ContractCall } from "../../protocols/call.js";
import type { FlashLoan } from "../../protocols/roles/raid.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Inside } from "./called-back.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";

import { isCalledBackEver } from "../../agents/agent.js";
import { flashLenders } from "../../protocols/roles/flash-lender.js";
import { raid } from "../../protocols/roles/raid.js";
import { venue } from "../../protocols/roles/venue.js";
import { choose, fraction } from "../../quantity/share.js";
import { accountOf } from "../../view/accounts.js";

import { calledBack } from "./called-back.js";
import { DEFAULT_GAS, MAX_GAS } from "./intent.js";

/** Tip of a move that goes before all others, wei per unit of gas; a move that goes after them pays the going rate. */
const FRONT_TIP = 100_000_000_000n;

/** A free move of an agent: an action from the catalogue with its operands. */
export interface FreeMove {
  readonly agent: string;
  readonly action: string;
  /** Parts per million. */
  readonly operands: readonly number[];
  readonly position: "front" | "back";
  /** Set if it is made in a callback of the nearest move before it that is not, of the same agent in the same block. */
  readonly inside?: Inside | undefined;
}

/**
 * Turns the free moves of a block into intents. After a flash loan, the moves of its agent up to the next loan are one
 * transaction: each is resolved against the state that the moves before it leave, and dropped if it reverts there, just as
 * the author of an attack contract would do. If the loan could not be repaid at the end, the other tokens are sold.
 * A move and those inside it are one transaction, too, and resolved against the state before the block.
 *
 * @param tried - called with what a move within a loan led to, whatever becomes of the loan
 */
export async function freeMoves<MoveT extends FreeMove>(
  world: World,
  genes: readonly MoveT[],
  moment: Moment,
  tried: (move: MoveT, view: ObservedView | undefined) => void = () => undefined,
): Promise<readonly AgentIntent[]> {
  const intents: AgentIntent[] = [];
  for (const { loan, moves } of grouped(world, genes)) {
    if (loan === undefined) {
      const { made, idle } = together(world, moves, moment.view);
      if (made !== undefined) intents.push(made);
      for (const gene of idle) tried(gene, undefined);
    } else {
      intents.push(...(await composed(world, loan, moves, moment, tried)));
    }
  }
  return intents;
}

interface Group<MoveT extends FreeMove> {
  readonly loan: MoveT | undefined;
  /** Without a loan: a move, and those inside it. */
  readonly moves: readonly MoveT[];
}

function grouped<MoveT extends FreeMove>(world: World, genes: readonly MoveT[]): readonly Group<MoveT>[] {
  const groups: { loan: MoveT | undefined; moves: MoveT[] }[] = [];
  const open = new Map<string, MoveT[]>();
  const outer = new Map<string, MoveT[]>();
  for (const gene of genes) {
    if (world.catalogue.get(gene.action)?.isLoan === true) {
      const moves: MoveT[] = [];
      groups.push({ loan: gene, moves });
      open.set(gene.agent, moves);
      continue;
    }
    const behindLoan = open.get(gene.agent);
    if (behindLoan !== undefined) {
      behindLoan.push(gene);
      continue;
    }
    const around = gene.inside === undefined ? undefined : outer.get(gene.agent);
    if (around !== undefined) {
      around.push(gene);
      continue;
    }
    const agent = world.scenario.agents.get(gene.agent);
    const moves = [gene];
    if (agent !== undefined && isCalledBackEver(agent)) outer.set(gene.agent, moves);
    groups.push({ loan: undefined, moves });
  }
  return groups;
}

/** The transaction of a move and of those inside it, and the moves that make no call now. */
function together<MoveT extends FreeMove>(
  world: World,
  [outer, ...inside]: readonly MoveT[],
  view: ObservedView,
): { readonly made: AgentIntent | undefined; readonly idle: readonly MoveT[] } {
  if (outer === undefined) return { made: undefined, idle: [] };
  const from = accountOf(world.frame.accounts, outer.agent);
  const call = resolved(world, outer, view, from);
  if (call === undefined) return { made: undefined, idle: [outer, ...inside] };
  const calls = inside.map((gene) => ({ gene, how: gene.inside, call: resolved(world, gene, view, from) }));
  const made = calls.flatMap((one) =>
    one.call === undefined || one.how === undefined ? [] : [{ ...one, call: one.call, how: one.how }],
  );
  const idle = calls.flatMap((one) => (one.call === undefined ? [one.gene] : []));
  if (made.length === 0) return { made: intentOf(outer, from, { call, gas: DEFAULT_GAS }, view), idle };
  const intent = intentOf(outer, from, calledBack(from, call, made), view);
  return { made: { ...intent, actions: [outer.action, ...made.map(({ gene }) => gene.action)] }, idle };
}

async function composed<MoveT extends FreeMove>(
  world: World,
  loan: MoveT,
  moves: readonly MoveT[],
  moment: Moment,
  tried: (move: MoveT, view: ObservedView | undefined) => void,
): Promise<readonly AgentIntent[]> {
  const { view } = moment;
  const from = accountOf(world.frame.accounts, loan.agent);
  const entry = world.catalogue.get(loan.action);
  const taken = entry === undefined ? undefined : loanOf(entry, loan.operands, view);
  if (taken === undefined || moves.length === 0) return [];
  const { made, names } = await moment.rehearse(async (rehearsal) => {
    const made: ContractCall[] = [];
    const names: (string | undefined)[] = [];
    await rehearsal.lend(taken.from.token, from, taken.amount);
    for (const gene of moves) {
      const call = resolved(world, gene, rehearsal.view, from);
      const works =
        call !== undefined && (await rehearsal.attempt(intentOf(gene, from, { call, gas: DEFAULT_GAS }, view)));
      if (works) {
        made.push(call);
        names.push(gene.action);
      }
      tried(gene, works ? rehearsal.view : undefined);
    }
    for (const call of salesFor(taken, rehearsal.view, from)) {
      if (owes(taken, rehearsal.view, from) === 0n) break;
      if (await rehearsal.attempt(intentOf(loan, from, { call, gas: DEFAULT_GAS }, view))) made.push(call);
    }
    return { made, names };
  });
  if (made.length === 0) return [];
  const intent = intentOf(loan, from, { call: raid(from, taken, made), gas: MAX_GAS }, view);
  return [{ ...intent, actions: [loan.action, ...names] }];
}

/** The amount still missing to repay a loan, base units. */
function owes({ from, amount }: FlashLoan, view: ObservedView, self: Address): bigint {
  const missing = amount + from.fee(amount) - view.balance(from.token.address, self);
  return missing > 0n ? missing : 0n;
}

/** Sales of all other tokens for the one that the loan is repaid in, as at the end of any successful attack. */
function salesFor({ from: { token } }: FlashLoan, view: ObservedView, self: Address): readonly ContractCall[] {
  return [...view.all(venue).values()].flatMap((place) =>
    place.tokens.flatMap(({ address: tokenIn }) => {
      const amountIn = view.balance(tokenIn, self);
      const swap = { tokenIn, tokenOut: token.address, amountIn, self };
      return amountIn > 0n && place.quote(tokenIn, token.address, amountIn) > 0n ? [place.swap(swap)] : [];
    }),
  );
}

function loanOf(
  { protocol }: CatalogueEntry,
  [which = 0, share = 0]: readonly number[],
  view: ObservedView,
): FlashLoan | undefined {
  const from = choose(which, view.all(flashLenders).get(protocol ?? "") ?? []);
  const amount = from === undefined ? 0n : fraction(share, from.available);
  return from === undefined || amount === 0n ? undefined : { from, amount };
}

function resolved(world: World, gene: FreeMove, view: ObservedView, from: Address): ContractCall | undefined {
  const entry = world.catalogue.get(gene.action);
  // a saved genome may name an action that the target's new ABI no longer has
  if (entry === undefined) return undefined;
  const context: ActionContext<unknown> = {
    view: entry.protocol === undefined ? undefined : view.of(entry.protocol),
    self: from,
    balance: (token, account = from) => view.balance(token, account),
    accounts: world.frame.accounts,
    contracts: world.frame.contracts,
    actsFor: whomFor(world.scenario.agents.get(gene.agent)),
  };
  return entry.action.build(gene.operands, context);
}

/** An agent of ordinary moves acts for itself, unless it says otherwise. */
function whomFor(agent: Agent | undefined): "itself" | "anyone" {
  const { kind, actsFor } = agent?.moves ?? { kind: "any" as const };
  return actsFor ?? (kind === "ordinary" ? "itself" : "anyone");
}

function intentOf(
  { agent, action, position }: FreeMove,
  from: Address,
  { call, gas }: { readonly call: ContractCall; readonly gas: bigint },
  { gasPrice, baseFee }: ObservedView,
): AgentIntent {
  const least = gasPrice - baseFee;
  const tip = position === "front" ? least + FRONT_TIP : least;
  return { agent, from, intent: { call, tip, gas, note: action }, origin: "move", actions: [action] };
}
