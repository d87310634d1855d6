import type { PlainAmount } from "../../quantity/amount.js";
import type { Observation } from "../world/observation.js";
import type { World } from "../world/world.js";

import { usd } from "../../quantity/amount.js";

/** Losses below this are rounding errors, US dollars. */
const ROUNDING = 0.01;

/** A protocol that can no longer pay everyone. */
export interface Loss {
  /** Its name in the scenario. */
  readonly protocol: string;
  /** The block after which it first had a shortfall. */
  readonly block: number;
  /** The shortfall then, at fair prices. */
  readonly first: PlainAmount<"USD">;
  /** The largest shortfall of the run. */
  readonly most: PlainAmount<"USD">;
}

/**
 * Contagion: watches the shortfalls of a scenario's protocols block by block, and so the order in which losses spread. A
 * shortfall that existed before the run does not count.
 */
export class LossWatch {
  readonly #world: World;
  readonly #losses = new Map<string, Loss>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether any protocol of the scenario reports a shortfall. */
  get hasAny(): boolean {
    return [...this.#world.frame.protocols.values()].some(({ bound }) => bound.shortfall !== undefined);
  }

  /** @param prices - fair prices by asset */
  after(block: number, observation: Observation, prices: ReadonlyMap<string, number>): void {
    for (const [protocol, { bound, part }] of this.#world.frame.protocols) {
      if (bound.shortfall === undefined) continue;
      const price = (asset: string): number => prices.get(asset) ?? 0;
      const before = bound.shortfall(this.#world.start.get(part), (asset) => this.#world.prices.get(asset) ?? 0);
      const short = bound.shortfall(observation.get(part), price) - before;
      if (short < ROUNDING) continue;
      const now = usd(short);
      const known = this.#losses.get(protocol);
      if (known === undefined) this.#losses.set(protocol, { protocol, block, first: now, most: now });
      else if (short > known.most.value) this.#losses.set(protocol, { ...known, most: now });
    }
  }

  /** In the order in which they began; within a block, the larger first. */
  get losses(): readonly Loss[] {
    return [...this.#losses.values()].sort((a, b) => a.block - b.block || b.most.value - a.most.value);
  }
}
