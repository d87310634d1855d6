import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";

import { startView } from "../run/views.js";
import { worth } from "../world/observed-view.js";

/** US cents per dollar: a cent is the smallest amount that counts. */
const CENTS = 100;

/** The most doublings of a cent that are distinguished. */
const MAX_DOUBLINGS = 64;

/**
 * How much harm a state shows, in doublings of a cent (0: none): each protocol's shortfall, and each attacker's
 * gain. Nothing guides the search as well as an attack's profit.
 */
export class Harm {
  readonly #world: World;
  readonly #start: ObservedView;
  readonly #shortfalls: ReadonlyMap<string, number>;
  readonly #attackers: readonly string[];

  constructor(world: World) {
    this.#world = world;
    this.#start = startView(world);
    this.#shortfalls = this.#start.shortfalls;
    this.#attackers = [...world.scenario.agents].flatMap(([name, { moves }]) => (moves?.kind === "any" ? [name] : []));
  }

  /** After a block. */
  after(view: ObservedView): readonly number[] {
    return [...this.within(view), ...this.#attackers.map((name) => doublings(this.#gain(name, view)))];
  }

  /** Within a flash loan: an attacker's holdings then are not its own. */
  within(view: ObservedView): readonly number[] {
    return [...view.shortfalls].map(([name, shortfall]) => doublings(shortfall - (this.#shortfalls.get(name) ?? 0)));
  }

  #gain(name: string, view: ObservedView): number {
    const { frame } = this.#world;
    const account = frame.accounts.get(name);
    if (account === undefined) return 0;
    const price = (asset: string): number => view.price(asset);
    // present holdings minus the present worth of the starting holdings
    return worth(frame, view, account, price) - worth(frame, this.#start, account, price);
  }
}

function doublings(dollars: number): number {
  const cents = dollars * CENTS;
  return cents < 1 ? 0 : Math.min(MAX_DOUBLINGS, 1 + Math.floor(Math.log2(cents)));
}
