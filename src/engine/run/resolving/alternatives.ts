import type { Address } from "viem";

import type { Random } from "../../../market/random.js";
import type { ActionContext } from "../../../protocols/action.js";
import type { OpenAmount, OpenCall } from "../../../protocols/open-amount.js";
import type { CatalogueEntry } from "../../world/catalogue.js";
import type { ObservedView } from "../../world/observed-view.js";
import type { World } from "../../world/world.js";
import type { FreeMove, KnownActions } from "../free-move.js";

import { createRandom, mixSeeds } from "../../../market/random.js";
import { sentTo } from "../../../protocols/stated-gift.js";
import { isSameAddress } from "../../../quantity/address.js";
import { PPM } from "../../../quantity/ppm.js";
import { accountOf } from "../../../view/accounts.js";
import { anyOperands, movesOf } from "../../world/catalogue.js";
import { errorCodeIn } from "../refusals.js";

import { opened } from "./opened.js";

/** A way to make a move. */
export interface Way {
  readonly action: string;
  readonly operands: readonly number[];
  readonly from: Address;
  readonly call: OpenCall;
}

/** The most functions that are tried in place of a refused one. */
const MOST_STAND_INS = 8;

/** How often each is tried, with other arguments. */
const VARIANTS = 2;

/** How often the drawn function is, if the refused call guessed an id or a price. */
const GUESSES = 6;

/** One move in this many is made as it was drawn, whatever comes of it: some conditions watch calls that fail. */
const AS_DRAWN = 20;

/** One move in this many is the rarest that is accepted, whatever was drawn. */
const RARE = 6;
const RARE_AFTER_MOMENT = 2;

/** Keeps how payments are tried apart from what stands in for a move. */
const PAYMENTS = 2;

/** Where the rarest are preferred: the power of its place among the ranks that a function is put back by. */
const PREFERENCE = 4;

/** Whether a move is made even if the state refuses it. */
export function isMadeAnyway({ luck }: FreeMove): boolean {
  return luck === undefined || luck % AS_DRAWN === 0;
}

/** One move in this many that others are made inside of stays as it was drawn, whether it is known to call back or not. */
const ANY_CALLER = 4;

/**
 * The ways to make a move: as it was drawn, and then, if the state refuses that, by other functions of the same agent, those
 * that have succeeded least often first, with some luck; none that only gives something away. A move that others are made inside of is
 * mostly one that calls back, if such are known. One move in six, and one in two after a moment, is the other way round: what has
 * succeeded least often is tried before what was drawn. Every second try is built as a call was that succeeded in an earlier run.
 * Which ones only depends on the gene and on what is known.
 */
export function waysTo(
  world: World,
  gene: FreeMove,
  view: ObservedView,
  { ranks = [], callers = [], afterMoment = [], gifts = [], accepted = {}, asDrawn }: KnownActions = {},
): readonly Way[] {
  const drawn = wayOf(
    world,
    gene,
    { action: gene.action, operands: gene.operands, luck: gene.luck, extent: gene.extent, given: gene.given },
    view,
  );
  const itself = drawn === undefined ? [] : inEitherOrder(drawn);
  const agent = world.scenario.agents.get(gene.agent);
  if (agent === undefined || gene.luck === undefined || isMadeAnyway(gene)) return itself;
  const random = createRandom(mixSeeds(gene.luck, 1));
  const isFirst = afterMoment.includes(gene.agent);
  const prefersRare = asDrawn !== true && gene.luck % (isFirst ? RARE_AFTER_MOMENT : RARE) === 1;
  const preference = prefersRare ? PREFERENCE : 1;
  const entries = movesOf(agent, world.catalogue)
    .filter(({ isLoan, name }) => isLoan !== true && name !== gene.action)
    .map((entry) => ({ entry, place: -Math.log(1 - random.next()) * (ranks.indexOf(entry.name) + 2) ** preference }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
  const variants = (entry: CatalogueEntry, count: number): readonly Way[] =>
    Array.from({ length: count }, (_, variant) => {
      const known = variant % 2 === 0 ? (accepted[entry.name] ?? []) : [];
      const operands = known.length > 0 ? nearly(random.pick(known), random) : anyOperands(entry.action, random);
      const luck = random.integer(0, PPM);
      const extent = entry.name === gene.action ? gene.extent : undefined;
      const way = wayOf(world, gene, { action: entry.name, operands, luck, extent }, view);
      return way === undefined ? undefined : { ...way, call: briefly(way.call, random) };
    }).filter((way) => way !== undefined);
  const own = world.catalogue.get(gene.action);
  const again = own === undefined ? [] : variants(own, own.action.guesses === true ? GUESSES : variantsOf(own));
  const standIns = entries
    .filter(({ name, action: { seldom } }) => seldom !== true && !gifts.includes(name))
    .slice(0, MOST_STAND_INS);
  const others = standIns.flatMap((entry) => variants(entry, variantsOf(entry)));
  const isKnown = callers.includes(gene.action) || gene.luck % ANY_CALLER === 0;
  const calling = isKnown ? [] : entries.filter(({ name }) => callers.includes(name)).slice(0, MOST_STAND_INS);
  const first = calling.flatMap((entry) => variants(entry, variantsOf(entry)));
  return prefersRare ? [...first, ...others, ...itself, ...again] : [...first, ...itself, ...again, ...others];
}

/** The most tokens that a payment is tried in. */
const MOST_TOKENS = 4;

/** How finely an account is chosen among those that a transfer may go to, when the one that pays a contract is looked for. */
const CHOICES = 64;

/**
 * Transfers to a contract, each of the least amount that is accepted: a pool that pays first looks in the end whether it was
 * paid, and need not be called for that.
 *
 * @param gene - whose agent pays
 */
export function paymentsTo(world: World, gene: FreeMove, view: ObservedView, to: Address): readonly Way[] {
  const agent = world.scenario.agents.get(gene.agent);
  if (agent === undefined || gene.luck === undefined) return [];
  const random = createRandom(mixSeeds(gene.luck, PAYMENTS));
  const transfers = movesOf(agent, world.catalogue).filter(
    ({ action }) => action.gives === true && action.seldom === true,
  );
  return transfers.slice(0, MOST_TOKENS).flatMap((entry) => {
    const luck = random.integer(0, PPM);
    for (let choice = 0; choice < CHOICES; choice += 1) {
      const operands = [Math.floor((choice * PPM) / CHOICES), PPM];
      const way = wayOf(world, gene, { action: entry.name, operands, luck, extent: "least" }, view);
      if (way === undefined) return [];
      if (isSameAddress(sentTo(way.call), to)) return [way];
    }
    return [];
  });
}

/** What a call was built from that succeeded, every second time but for one of its operands. */
function nearly(operands: readonly number[], random: Random): readonly number[] {
  const changed = random.integer(0, 2 * operands.length - 1);
  return operands.map((operand, at) => (at === changed ? random.integer(0, PPM) : operand));
}

/** Amounts that tell whether a call that stands in is accepted, whatever the amount: there are many such calls. */
const FEW_AMOUNTS = 4;

/**
 * The ways to seek the amounts of a call: the last first, and if no amount of it is accepted, because what was guessed of the other
 * is not, the other way round.
 */
function inEitherOrder(way: Way): readonly Way[] {
  const { open } = way.call;
  if (open?.next === undefined) return [way];
  const { next, ...first } = open;
  const { next: after, ...second } = next;
  const last = after === undefined ? first : { ...first, next: after };
  return [way, { ...way, call: { ...way.call, open: { ...second, next: last } } }];
}

/** The call with one open amount, and fewer amounts to try: the first, the last, and some in between. */
function briefly(call: OpenCall, random: Random): OpenCall {
  if (call.open === undefined) return call;
  const { next, ...own } = call.open;
  const { next: _after, ...other }: OpenAmount = next ?? own;
  const open = random.next() < 0.5 ? other : own;
  if (open.amounts.length <= FEW_AMOUNTS) return { ...call, open };
  const last = open.amounts.length - 1;
  const places = Array.from({ length: FEW_AMOUNTS }, (_, at) => Math.round((at * last) / (FEW_AMOUNTS - 1)));
  return { ...call, open: { ...open, amounts: open.amounts.filter((_amount, at) => places.includes(at)) } };
}

function variantsOf({ action }: CatalogueEntry): number {
  return action.operands === 0 ? 1 : VARIANTS;
}

/** A call of an action in a state; `undefined` if it makes no sense there. With luck, an amount of an adapter may be left open. */
export function wayOf(
  world: World,
  { agent }: Pick<FreeMove, "agent">,
  {
    action,
    operands,
    luck,
    extent,
    given,
  }: Pick<FreeMove, "action" | "operands" | "extent" | "given"> & { readonly luck?: number | undefined },
  view: ObservedView,
): Way | undefined {
  const entry = world.catalogue.get(action);
  // a saved genome may name an action that the target's new ABI no longer has
  if (entry === undefined) return undefined;
  const from = accountOf(world.frame.accounts, agent);
  const context = { ...contextOf(world, entry, agent, from, view), ...(extent === undefined ? {} : { extent }) };
  const { exact } = entry.action;
  const call = given === undefined ? entry.action.build(operands, context) : exact?.build(given, context);
  if (call === undefined) return undefined;
  const isOpened = luck !== undefined && entry.action.choosesKinds !== true;
  const ready = isOpened ? opened(call, luck, world.tokens.all(), context) : call;
  const code = errorCodeIn(world, call);
  return { action, operands, from, call: code === undefined ? ready : { ...ready, code } };
}

/** What agents' moves are built in, by state: one for each agent and protocol. */
const contexts = new WeakMap<ObservedView, Map<string, ActionContext<unknown>>>();

function contextOf(
  world: World,
  entry: CatalogueEntry,
  agent: string,
  from: Address,
  view: ObservedView,
): ActionContext<unknown> {
  const ofState = contexts.get(view) ?? new Map<string, ActionContext<unknown>>();
  contexts.set(view, ofState);
  const key = `${agent} ${entry.protocol ?? ""}`;
  const context = ofState.get(key) ?? newContext(world, entry, agent, from, view);
  ofState.set(key, context);
  return context;
}

function newContext(
  world: World,
  { protocol }: CatalogueEntry,
  agent: string,
  from: Address,
  view: ObservedView,
): ActionContext<unknown> {
  const { kind, actsFor } = world.scenario.agents.get(agent)?.moves ?? { kind: "any" as const };
  return {
    view: protocol === undefined ? undefined : view.of(protocol),
    self: from,
    balance: (token, account = from) => view.balance(token, account),
    // what an adapter offers is for the scenario's accounts; a flaw of a function may be about any
    accounts: protocol === undefined ? world.frame.nameable : world.frame.accounts,
    contracts: world.frame.contracts,
    known: view.known,
    created: view.created,
    // an agent of ordinary moves acts for itself, unless it says otherwise
    actsFor: actsFor ?? (kind === "ordinary" ? "itself" : "anyone"),
  };
}
