import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { FlashLoan } from "../../protocols/roles/raid.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { TreeNode } from "./call-tree.js";
import type { Before, FreeMove, Inside, KnownActions } from "./free-move.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";
import type { ResolvedMove } from "./resolving/resolved-moves.js";

import { isCalledBackEver } from "../../agents/agent.js";
import { flashLenders } from "../../protocols/roles/flash-lender.js";
import { raid } from "../../protocols/roles/raid.js";
import { venue } from "../../protocols/roles/venue.js";
import { choose, fraction } from "../../quantity/share.js";
import { accountOf } from "../../view/accounts.js";

import { around, grown } from "./call-tree.js";
import { calledBack, withAmountOf } from "./called-back.js";
import { DEFAULT_GAS, MAX_GAS } from "./intent.js";
import { resolvedMoves } from "./resolving/resolved-moves.js";

/** Tip of a move that goes before all others, wei per unit of gas; a move that goes after them pays the going rate. */
const FRONT_TIP = 100_000_000_000n;

/**
 * Turns the free moves of a block into intents. What the state of the moment refuses becomes another move that it accepts, see
 * {@link waysTo}. After a flash loan, the moves of its agent up to the next loan are one transaction: each becomes one that the state
 * accepts which the moves before it leave, and is dropped if there is none, just as the author of an attack contract would do.
 * If the loan could not be repaid at the end, the other tokens are sold. A move and those inside it are one transaction, too, see
 * {@link CalledBackMove}.
 *
 * @param tried - called with moves within a loan, as they were made, and whether they work there, whatever becomes of the loan, and
 * with moves that came to nothing
 */
export async function freeMoves<MoveT extends FreeMove>(
  world: World,
  genes: readonly MoveT[],
  moment: Moment,
  before: Before,
  tried: (move: MoveT, works: boolean) => void = () => undefined,
): Promise<readonly AgentIntent[]> {
  const intents: AgentIntent[] = [];
  const groups = grouped(world, genes);
  const singles = groups.flatMap(({ loan, moves }) => (loan === undefined ? [moves] : []));
  const resolved = await resolvedMoves(world, singles, moment, before);
  for (const { loan, moves } of groups) {
    if (loan !== undefined) {
      intents.push(...(await composed(world, { loan, moves }, moment, before, tried)));
      continue;
    }
    const [outer] = moves;
    const made = outer === undefined || !resolved.has(outer) ? [] : moves.filter((gene) => resolved.has(gene));
    for (const gene of moves) if (!made.includes(gene)) tried(gene, false);
    if (made.length > 0) intents.push(together(world, made, resolved, moment.view));
  }
  return intents;
}

/** The transaction of a move and of those inside it. */
function together<MoveT extends FreeMove>(
  world: World,
  moves: readonly MoveT[],
  resolved: ReadonlyMap<MoveT, ResolvedMove>,
  view: ObservedView,
): AgentIntent {
  const [outer, ...inside] = moves.flatMap((gene) => {
    const move = resolved.get(gene);
    return move === undefined ? [] : [{ gene, move }];
  });
  if (outer === undefined) throw new TypeError("There is no move to make.");
  const { agent, position } = outer.gene;
  const { action, call } = outer.move;
  const from = accountOf(world.frame.accounts, agent);
  let forest: readonly TreeNode<InnerMove>[] = [];
  for (const { gene, move } of inside) {
    const depth = (move.depth ?? gene.inside?.depth ?? 1) - 1;
    const isAsMuch = move.isRefused === true && gene.inside?.same === true;
    const its = isAsMuch ? withAmountOf(around(forest, depth)?.item.call ?? call, move.call) : move.call;
    forest = grown(forest, { call: its, how: gene.inside }, depth);
  }
  const made = forest.length === 0 ? outer.move : waiting(from, call, forest);
  const all = [outer, ...inside].map(({ move }) => move);
  return {
    ...intentOf({ agent, action, position }, from, made, view),
    actions: all.map((move) => move.action),
    operands: all.map(({ operands }) => operands),
    ...(outer.move.isPaidCoin === true ? { isPaidCoin: true } : {}),
    genes: [outer, ...inside].map(({ gene }) => gene),
  };
}

interface InnerMove {
  readonly call: ContractCall;
  readonly how: Inside | undefined;
}

/** A call with those that wait for its callback. */
function waiting(
  self: Address,
  call: ContractCall,
  inside: readonly TreeNode<InnerMove>[],
): ReturnType<typeof calledBack> {
  const calls = inside.map(({ item, inside: deeper }) =>
    deeper.length === 0 ? item.call : waiting(self, item.call, deeper).call,
  );
  return calledBack(self, call, inside[0]?.item.how, calls);
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

interface Composed<MoveT extends FreeMove> {
  readonly loan: MoveT;
  readonly moves: readonly MoveT[];
}

/** The transaction of a loan and of the moves behind it, as far as the state accepts them. */
async function composed<MoveT extends FreeMove>(
  world: World,
  { loan, moves }: Composed<MoveT>,
  moment: Moment,
  before: KnownActions,
  tried: (move: MoveT, works: boolean) => void,
): Promise<readonly AgentIntent[]> {
  const { view } = moment;
  const from = accountOf(world.frame.accounts, loan.agent);
  const entry = world.catalogue.get(loan.action);
  const taken = entry === undefined ? undefined : loanOf(entry, loan.operands, view);
  if (taken === undefined || moves.length === 0) return [];
  // it is in front of nothing but what the loan's transaction has done
  const alone: Before = { ...before, publications: [], intents: [] };
  const { made, worked, sales } = await moment.rehearse(async (rehearsal) => {
    const made: ResolvedMove[] = [];
    const worked: MoveT[] = [];
    const sales: ContractCall[] = [];
    await rehearsal.lend(taken.from.token, from, taken.amount);
    for (const gene of moves) {
      const { view: now, environment } = rehearsal;
      const move = (await resolvedMoves(world, [[gene]], { ...moment, view: now, environment }, alone)).get(gene);
      const works = move !== undefined && (await rehearsal.attempt(intentOf(gene, from, move, view)));
      if (works) {
        made.push(move);
        worked.push(gene);
      }
      tried(move === undefined ? gene : { ...gene, action: move.action }, works);
    }
    for (const call of salesFor(taken, rehearsal.view, from)) {
      if (owes(taken, rehearsal.view, from) === 0n) break;
      if (await rehearsal.attempt(intentOf(loan, from, { call, gas: DEFAULT_GAS }, view))) sales.push(call);
    }
    return { made, worked, sales };
  });
  const calls = [...made.map(({ call }) => call), ...sales];
  if (calls.length === 0) return [];
  const intent = intentOf(loan, from, { call: raid(from, taken, calls), gas: MAX_GAS }, view);
  return [
    {
      ...intent,
      actions: [loan.action, ...made.map(({ action }) => action)],
      operands: [loan.operands, ...made.map(({ operands }) => operands)],
      genes: [loan, ...worked],
    },
  ];
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

function intentOf(
  { agent, action, position }: Pick<FreeMove, "agent" | "action" | "position">,
  from: Address,
  { call, gas }: { readonly call: ContractCall; readonly gas: bigint },
  { gasPrice, baseFee }: ObservedView,
): AgentIntent {
  const least = gasPrice - baseFee;
  const tip = position === "front" ? least + FRONT_TIP : least;
  return { agent, from, intent: { call, tip, gas, note: action }, origin: "move", actions: [action] };
}
