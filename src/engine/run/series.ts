import type { World } from "../world/world.js";
import type { RunWatcher } from "./state.js";

/** A number that a condition tells after every block. Plain data. */
export interface SeriesOf {
  readonly condition: string;
  /** How far it is from broken, or what it reads, if that is a number. */
  readonly number: "margin" | "reading";
}

/** What it was after each block, those of a reorganisation twice; `undefined` where it could not be told. Plain data. */
export type Series = readonly (number | undefined)[];

/** Watches a number of a condition through a run. */
export class SeriesWatch {
  readonly #values: (number | undefined)[] = [];
  /** To be passed to the player. */
  readonly watcher: Pick<RunWatcher, "mined" | "judged">;

  constructor({ conditions }: Pick<World, "conditions">, { condition: id, number }: SeriesOf) {
    const part = conditions.find(({ bound }) => bound.id === id)?.part;
    this.watcher =
      number === "margin"
        ? {
            judged: (condition, { margin }) => {
              if (condition === id) this.#values.push(margin);
            },
          }
        : {
            mined: async ({ state }) => {
              const reading: unknown = part === undefined ? undefined : state.observation.get(part);
              this.#values.push(typeof reading === "number" ? reading : undefined);
            },
          };
  }

  get values(): Series {
    return this.#values;
  }
}
