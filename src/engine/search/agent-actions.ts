import type { Random } from "../../market/random.js";
import type { OrderOfActions, TokenFlow } from "./order-of-actions.js";

import { MOMENT } from "../activity/run-tally.js";

/** How much less often an action is chosen that undoes what comes before it. */
const BACK = 3;

/** The actions of an agent: what earlier runs have shown that they need, pay and get. */
export class AgentActions {
  /** Those of which it is known what comes before them. */
  readonly known: readonly string[];
  /** Those that have never succeeded. */
  readonly unseen: readonly string[];
  readonly #names: readonly string[];
  readonly #order: OrderOfActions;
  readonly #offered: ReadonlySet<string>;

  /**
   * @param names - of all actions, those first that have succeeded least often
   * @param offered - the agent's
   */
  constructor(names: readonly string[], order: OrderOfActions, offered: ReadonlySet<string>) {
    this.#names = names;
    this.#order = order;
    this.#offered = offered;
    this.known = [...order.before.keys()].filter((name) => offered.has(name));
    this.unseen = names.filter((name) => offered.has(name) && !order.before.has(name));
  }

  /** Those of them that are the agent's. */
  among(names: readonly string[]): readonly string[] {
    return names.filter((name) => this.#offered.has(name));
  }

  /** What comes before an action, other than a moment. */
  needsOf(name: string): readonly string[] {
    return (this.#order.before.get(name) ?? []).filter((one) => one !== MOMENT);
  }

  /** Whether anything comes before an action, be it a moment. */
  hasBefore(name: string): boolean {
    return this.#order.before.get(name)?.length !== 0;
  }

  /** Whether all that an action needs is the agent's. */
  isWithinReach(name: string): boolean {
    return this.needsOf(name).every((one) => this.#offered.has(one));
  }

  /** What needs least comes first. */
  sorted(names: readonly string[]): readonly string[] {
    return [...names].sort((a, b) => this.needsOf(a).length - this.needsOf(b).length);
  }

  /** One of them, most probably the one that has succeeded least often. */
  rarest(names: readonly string[], random: Random): string | undefined {
    const placed = names.map((name) => {
      const rank = (this.#names.indexOf(name) + 2) * (this.undoes(name) ? BACK : 1);
      return { name, at: -Math.log(1 - random.next()) * rank };
    });
    return placed.sort((a, b) => a.at - b.at)[0]?.name;
  }

  flowOf(name: string): TokenFlow {
    return this.#order.flowOf(name);
  }

  /** Whether callers of an action get something for nothing that they pay at that time. */
  paysOut(name: string): boolean {
    const { gets, pays } = this.flowOf(name);
    return gets.size > 0 && pays.size === 0;
  }

  /** Whether an action undoes what comes before it: all that it gives was paid in, or all that it takes was paid out. */
  undoes(name: string): boolean {
    const needs = this.#order.before.get(name) ?? [];
    const moved = (way: keyof TokenFlow): ReadonlySet<string> =>
      new Set(needs.flatMap((one) => [...this.flowOf(one)[way]]));
    const { gets, pays } = this.flowOf(name);
    if (gets.size > 0) return pays.size === 0 && isWithin(gets, moved("pays")) && moved("pays").size === 1;
    return pays.size > 0 && isWithin(pays, moved("gets"));
  }
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((one) => all.has(one));
}
