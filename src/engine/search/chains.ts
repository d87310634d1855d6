import type { Random } from "../../market/random.js";
import type { Extent } from "../../protocols/action.js";
import type { Link } from "./link.js";
import type { OrderOfActions } from "./order-of-actions.js";

import { AgentActions } from "./agent-actions.js";
import { keepingSome, SMALLEST, smallest } from "./spending.js";

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
  const actions = new AgentActions(names, order, offered);
  const calling = isCalledBack ? actions.among(callers) : [];
  const open = actions.among(insiders);
  const isInside = calling.length > 0 && random.integer(0, 99) < (open.length > 0 ? INSIDE_OPEN : INSIDE);
  const aims = isInside ? calling : actions.known.filter((name) => actions.needsOf(name).length > 0);
  const aim = actions.rarest(
    aims.filter((name) => actions.isWithinReach(name)),
    random,
  );
  if (aim === undefined) return [];
  const isDeeper = isInside && random.integer(0, 99) < DEEPER;
  const preferred = open.length > 0 && random.integer(0, 99) < OPEN ? open : actions.known;
  const within = isInside ? withinOf(actions, { aim, isDeeper, preferred }, random) : undefined;
  const chain = new Chain(actions, random);
  for (const name of actions.sorted([...actions.needsOf(aim), ...(within?.before ?? [])])) chain.add(name);
  chain.addOthers(aim);
  chain.add(aim);
  if (within !== undefined) chain.addWithin(within, aim, calling);
  else if (random.integer(0, 99) < SMALLEST) chain.makeSmallest();
  if (actions.unseen.length > 0 && random.integer(0, 99) < UNSEEN) chain.add(random.pick(actions.unseen));
  const isOfTwo = within === undefined && chain.links.some(({ action }) => takesTwo(action));
  const cashed = isInside ? CASHED_INSIDE : isOfTwo ? CASHED_OF_TWO : CASHED;
  for (let outs = isOfTwo ? 2 : 1; outs > 0 && random.integer(0, 99) < cashed; outs--) chain.takeOut();
  return keepingSome(chain.links, actions, random);
}

/** What is done in a callback. */
interface Within {
  /** Set if something that calls back itself comes between: what is done there needs no more than what was done anyway. */
  readonly isDeeper: boolean;
  /** What it is; of a deeper one, that is chosen when it is known what has been done. */
  readonly action: string | undefined;
  /** What that needs, as far as it is done before. */
  readonly before: readonly string[];
  /** And as far as it is done in the callback. */
  readonly there: readonly string[];
}

function withinOf(
  actions: AgentActions,
  {
    aim,
    isDeeper,
    preferred,
  }: { readonly aim: string; readonly isDeeper: boolean; readonly preferred: readonly string[] },
  random: Random,
): Within {
  if (isDeeper) return { isDeeper, action: undefined, before: [], there: [] };
  const insides = preferred.filter((name) => actions.known.includes(name) && actions.isWithinReach(name));
  const action = actions.rarest(insides, random) ?? aim;
  const needs = actions.needsOf(aim);
  const own = actions.needsOf(action).filter((one) => one !== aim && !needs.includes(one));
  const isThere = own.length > 0 && random.integer(0, 99) < THERE;
  return { isDeeper, action, before: isThere ? [] : own, there: isThere ? own : [] };
}

/** A chain that grows. */
class Chain {
  readonly #actions: AgentActions;
  readonly #random: Random;
  readonly #done = new Set<string>();
  #links: readonly Link[] = [];

  constructor(actions: AgentActions, random: Random) {
    this.#actions = actions;
    this.#random = random;
  }

  get links(): readonly Link[] {
    return this.#links;
  }

  add(action: string, depth?: number): void {
    this.#links = [...this.#links, { ...this.#link(action), ...(depth === undefined ? {} : { depth }) }];
    this.#done.add(action);
  }

  /** Some more, each behind what it needs. */
  addOthers(aim: string): void {
    const first = this.#links[0]?.action;
    for (let others = this.#random.pick(OTHERS); others > 0; others--) {
      if (first !== undefined && this.#random.integer(0, 99) < AGAIN) {
        this.#insert(1, { action: first, extent: undefined });
        continue;
      }
      const other = this.#rarest(this.#possible.filter((name) => name !== aim));
      if (other === undefined) continue;
      const needs = this.#actions.needsOf(other);
      const behind = this.#links.findLastIndex(({ action }) => needs.includes(action));
      this.#insert(this.#random.integer(behind + 1, this.#links.length), this.#link(other));
      this.#done.add(other);
    }
  }

  /** What is done in a callback of the last. */
  addWithin({ isDeeper, action, there }: Within, aim: string, calling: readonly string[]): void {
    const between = isDeeper
      ? this.#rarest(calling.filter((name) => name !== aim && this.#isPossible(name)))
      : undefined;
    if (between !== undefined) this.add(between, 1);
    const innermost = action ?? this.#rarest(this.#possible) ?? aim;
    for (const name of [...this.#actions.sorted(there), innermost]) this.add(name, between === undefined ? 1 : 2);
  }

  makeSmallest(): void {
    this.#links = smallest(this.#links, this.#actions, this.#possible, this.#random);
  }

  /** As much as can be of what pays out. */
  takeOut(): void {
    const out = this.#rarest(this.#possible.filter((name) => this.#actions.paysOut(name)));
    if (out !== undefined) this.#links = [...this.#links, { action: out, extent: "most" }];
  }

  get #possible(): readonly string[] {
    return this.#actions.known.filter((name) => this.#isPossible(name));
  }

  #isPossible(name: string): boolean {
    return this.#actions.needsOf(name).every((one) => this.#done.has(one));
  }

  #rarest(names: readonly string[]): string | undefined {
    return this.#actions.rarest(names, this.#random);
  }

  #link(action: string): Link {
    return { action, extent: extentOf(this.#random.integer(0, 99)) };
  }

  #insert(at: number, link: Link): void {
    this.#links = [...this.#links.slice(0, at), link, ...this.#links.slice(at)];
  }
}

function extentOf(drawn: number): Extent | undefined {
  if (drawn < LARGEST) return "most";
  return drawn < LARGEST + LEAST ? "least" : undefined;
}
