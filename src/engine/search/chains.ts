import type { Random } from "../../market/random.js";
import type { Extent } from "../../protocols/action.js";
import type { OrderOfActions, TokenFlow } from "./order-of-actions.js";

import { MOMENT } from "../activity/run-tally.js";

/** Something that an agent does as a part of more. */
export interface Link {
  readonly action: string;
  /** Whether its amounts are as large, or as small, as the state accepts. */
  readonly extent: Extent | undefined;
  /** In how many callbacks it is done: 1 in one of the link before it, 2 in one of a link that is done in a callback itself. */
  readonly depth?: number;
}

/** What earlier runs have shown. */
export interface Known {
  /** Of all actions, those first that have succeeded least often. */
  readonly names: readonly string[];
  /** What comes before what. */
  readonly order: OrderOfActions;
  /** The actions that were seen to call an agent back. */
  readonly callers: readonly string[];
  /** The actions that have succeeded in a callback: what is locked meanwhile has not. */
  readonly insiders?: readonly string[];
}

/** An agent's actions. */
interface Offered {
  readonly offered: ReadonlySet<string>;
  readonly isCalledBack: boolean;
  readonly takesTwo: (action: string) => boolean;
}

/** How many other actions a chain has, before what it aims at. */
const OTHERS = [0, 0, 0, 0, 1, 1, 1, 2, 2];

/** Of 100 other actions, those that are the chain's first once more, with any amount: small next to large is worth trying. */
const AGAIN = 50;

/** Of 100 links, those whose amounts are as large as possible, and as small: what is hardly worth anything is nobody's concern. */
const LARGEST = 70;
const LEAST = 12;

/** Of 100 chains, those that aim at what has never succeeded, behind something that seldom does; if there is any. */
const UNSEEN = 20;

/**
 * Of 100 chains of an agent that is called back, those in which it does something in a callback, if any action calls it: before and
 * after something has succeeded there, which most protocols lock.
 */
const INSIDE = 25;
const INSIDE_OPEN = 40;

/** Of 100 of these, those in which what is done there calls back, too, and something else is done in that callback. */
const DEEPER = 50;

/** And of 100 of these, those in which that is something that has succeeded in a callback before, if anything has. */
const OPEN = 60;

/** Of 100 of those with something in a callback that has needs of its own, those in which these are met in that callback, too. */
const THERE = 30;

/** Of 100 chains, those that end with taking out what can be. */
const CASHED = 35;

/** And of those in which something is done in a callback: what that was good for shows in the end. */
const CASHED_INSIDE = 70;

/** And of those with something that is done to two of a kind, after which there are two to take something out of: twice at most. */
const CASHED_OF_TWO = 70;

/**
 * Of 100 chains without callbacks, those that get the least that there is, and then take back as much as they can of what they
 * paid for it: the smallest position at its limit, which rules about dust stand in the way of.
 */
const SMALLEST = 8;

/** And of 100 of these, those that give a part of it back first: what may remain may be less. */
const PAID_BACK = 40;

/** Of 100 payments of a token that something later is paid with, too, those that do not take as much as possible. */
const KEPT = 75;

/** How much less often an action is aimed at that undoes what comes before it. */
const BACK = 3;

/**
 * What an agent does to get somewhere: all that comes before an action that seldom succeeds, perhaps something else, and then that.
 *
 * @param offered - the agent's actions
 * @param isCalledBack - whether it may do something in callbacks
 * @param takesTwo - whether an action names two things of a kind
 * @returns nothing if not enough is known
 */
export function chainOf(
  { names, order, callers, insiders = [] }: Known,
  { offered, isCalledBack, takesTwo }: Offered,
  random: Random,
): readonly Link[] {
  const known = [...order.before.keys()].filter((name) => offered.has(name));
  const needsOf = (name: string): readonly string[] => (order.before.get(name) ?? []).filter((one) => one !== MOMENT);
  const rarest = (among: readonly string[]): string | undefined => {
    const placed = among.map((name) => {
      const rank = (names.indexOf(name) + 2) * (undoes(order, name) ? BACK : 1);
      return { name, at: -Math.log(1 - random.next()) * rank };
    });
    return placed.sort((a, b) => a.at - b.at)[0]?.name;
  };
  const link = (action: string): Link => ({ action, extent: extentOf(random.integer(0, 99)) });
  const calling = isCalledBack ? callers.filter((name) => offered.has(name)) : [];
  const open = insiders.filter((name) => offered.has(name));
  const isInside = calling.length > 0 && random.integer(0, 99) < (open.length > 0 ? INSIDE_OPEN : INSIDE);
  const aims = isInside ? calling : known.filter((name) => needsOf(name).length > 0);
  const isOffered = (name: string): boolean => needsOf(name).every((one) => offered.has(one));
  const aim = rarest(aims.filter(isOffered));
  if (aim === undefined) return [];
  // what is done in a callback has needs of its own
  const isDeeper = isInside && random.integer(0, 99) < DEEPER;
  const couldBe = open.length > 0 && random.integer(0, 99) < OPEN ? open : known;
  const insides = couldBe.filter((name) => known.includes(name) && isOffered(name));
  // two deep is seldom enough: what is done there needs no more than what was done anyway
  const inside = isInside && !isDeeper ? (rarest(insides) ?? aim) : undefined;
  const sorted = (some: readonly string[]): readonly string[] =>
    [...some].sort((a, b) => needsOf(a).length - needsOf(b).length);
  const own = (inside === undefined ? [] : needsOf(inside)).filter((one) => one !== aim && !needsOf(aim).includes(one));
  const isThere = own.length > 0 && random.integer(0, 99) < THERE;
  const needed = sorted([...needsOf(aim), ...(isThere ? [] : own)]);
  const chain = needed.map(link);
  const [first] = needed;
  const done = new Set(needed);
  const isPossible = (name: string): boolean => needsOf(name).every((one) => done.has(one));
  for (let others = random.pick(OTHERS); others > 0; others--) {
    if (first !== undefined && random.integer(0, 99) < AGAIN) {
      chain.splice(1, 0, { action: first, extent: undefined });
      continue;
    }
    const other = rarest(known.filter((name) => name !== aim && isPossible(name)));
    if (other === undefined) continue;
    const needs = needsOf(other);
    const behind = chain.findLastIndex(({ action }) => needs.includes(action));
    chain.splice(random.integer(behind + 1, chain.length), 0, link(other));
    done.add(other);
  }
  chain.push(link(aim));
  done.add(aim);
  if (isInside) {
    const between = isDeeper ? rarest(calling.filter((name) => name !== aim && isPossible(name))) : undefined;
    if (between !== undefined) {
      chain.push({ ...link(between), depth: 1 });
      done.add(between);
    }
    const depth = between === undefined ? 1 : 2;
    const innermost = inside ?? rarest(known.filter(isPossible)) ?? aim;
    for (const name of [...sorted(isThere ? own : []), innermost]) {
      chain.push({ ...link(name), depth });
      done.add(name);
    }
  } else if (random.integer(0, 99) < SMALLEST) makeSmallest(chain, order, known.filter(isPossible), random);
  const unseen = names.filter((name) => offered.has(name) && !order.before.has(name));
  if (unseen.length > 0 && random.integer(0, 99) < UNSEEN) chain.push(link(random.pick(unseen)));
  const isOfTwo = !isInside && chain.some(({ action }) => takesTwo(action));
  const cashed = isInside ? CASHED_INSIDE : isOfTwo ? CASHED_OF_TWO : CASHED;
  for (let outs = isOfTwo ? 2 : 1; outs > 0 && random.integer(0, 99) < cashed; outs--) {
    const out = rarest(known.filter((name) => isPossible(name) && paysOut(order, name)));
    if (out !== undefined) chain.push({ action: out, extent: "most" });
  }
  return keepingSome(chain, order, random);
}

/** The chain, mostly without spending all of a token on one thing that something later is paid with, too. */
function keepingSome(chain: readonly Link[], order: OrderOfActions, random: Random): readonly Link[] {
  return chain.map((link, at) => {
    if (link.extent !== "most" || random.integer(0, 99) >= KEPT) return link;
    const { pays } = order.flowOf(link.action);
    const isSpent = [...pays].some((token) => {
      const next = chain.slice(at + 1).find(({ action }) => {
        const flow = order.flowOf(action);
        return flow.pays.has(token) || flow.gets.has(token);
      });
      return next !== undefined && order.flowOf(next.action).pays.has(token);
    });
    return isSpent ? { ...link, extent: undefined } : link;
  });
}

/** Makes what a chain gets the least that there is, and takes back what it can of what was paid, if it can. */
function makeSmallest(chain: Link[], order: OrderOfActions, possible: readonly string[], random: Random): void {
  const backs = possible.filter((name) => undoes(order, name) && paysOut(order, name));
  const at = chain.findLastIndex(
    ({ action }) => !backs.includes(action) && paysOut(order, action) && order.before.get(action)?.length !== 0,
  );
  const got = chain[at];
  if (got === undefined || backs.length === 0) return;
  chain[at] = { ...got, extent: "least" };
  const returns = possible.filter(
    (name) => undoes(order, name) && !paysOut(order, name) && order.before.get(name)?.includes(got.action) === true,
  );
  const isPaidBack = returns.length > 0 && random.integer(0, 99) < PAID_BACK;
  chain.splice(at + 1, 0, ...(isPaidBack ? [{ action: random.pick(returns), extent: undefined }] : []), {
    action: random.pick(backs),
    extent: "most",
  });
}

function extentOf(drawn: number): Extent | undefined {
  if (drawn < LARGEST) return "most";
  return drawn < LARGEST + LEAST ? "least" : undefined;
}

/** Whether callers of an action get something for nothing that they pay at that time. */
function paysOut(order: OrderOfActions, name: string): boolean {
  const { gets, pays } = order.flowOf(name);
  return gets.size > 0 && pays.size === 0;
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
