import type { Observation } from "../world/observation.js";
import type { World } from "../world/world.js";

/** Losses below this are rounding, US dollars. */
const ROUNDING = 0.01;

/** A protocol that can no longer pay everybody. */
export interface Loss {
  /** Its name in the scenario. */
  readonly protocol: string;
  /** The block after which it was first short, and by how much then, US dollars at fair prices. */
  readonly block: number;
  readonly usd: number;
  /** The most that it was short of. */
  readonly most: number;
}

/**
 * Watches what the protocols of a scenario lack, block by block: which loss follows which. What they lacked before the run
 * is not counted.
 */
export class LossWatch {
  readonly #world: World;
  readonly #losses = new Map<string, Loss>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether any protocol of the scenario can tell. */
  get hasAny(): boolean {
    return [...this.#world.frame.protocols.values()].some(({ bound }) => bound.shortfall !== undefined);
  }

  /** @param prices - fair prices by asset */
  after(block: number, observation: Observation, prices: ReadonlyMap<string, number>): void {
    for (const [protocol, { bound, part }] of this.#world.frame.protocols) {
      if (bound.shortfall === undefined) continue;
      const price = (asset: string): number => prices.get(asset) ?? 0;
      const before = bound.shortfall(this.#world.start.get(part), (asset) => this.#world.prices.get(asset) ?? 0);
      const usd = bound.shortfall(observation.get(part), price) - before;
      if (usd < ROUNDING) continue;
      const known = this.#losses.get(protocol);
      if (known === undefined) this.#losses.set(protocol, { protocol, block, usd, most: usd });
      else if (usd > known.most) this.#losses.set(protocol, { ...known, most: usd });
    }
  }

  /** In the order in which they began; of one block, the larger first. */
  get losses(): readonly Loss[] {
    return [...this.#losses.values()].sort((a, b) => a.block - b.block || b.most - a.most);
  }
}
