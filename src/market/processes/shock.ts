import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { PPM } from "../../quantity/ppm.js";

/** Options of {@link shock}. */
export interface ShockOptions {
  /** The largest fall, as a fraction of the price, above 0 and below 1. */
  readonly drop: number;
  /** First and last block in which it may start, counted from 1. Default: the whole horizon. */
  readonly between?: readonly [first: number, last: number];
  /** Number of blocks it is spread over, at an even relative rate. Default 1. */
  readonly over?: number;
}

/**
 * A sudden fall at any block of the window, of any size up to `drop`; in half of the runs, of exactly that size.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * assets: { ETH: { price: 2000, process: shock({ drop: 0.4, over: 3 }) } }
 * ```
 */
export function shock(options: ShockOptions): Process {
  const { drop, between, over = 1 } = options;
  requireKnown("shock", options, ["drop", "between", "over"]);
  requireInRange("shock", "drop", drop, { min: 1 / PPM, max: 1 - 1 / PPM });
  requireInRange("shock", "over", over, { min: 1, max: 10_000, kind: "integer" });
  const [first, last] = between ?? [1, Infinity];
  requireInRange("shock", "between[0]", first, { min: 1, max: 10_000, kind: "integer" });
  if (between !== undefined) requireInRange("shock", "between[1]", last, { min: first, max: 10_000, kind: "integer" });
  return {
    kind: "shock",
    sample: ({ blocks, random }) => {
      const start = random.integer(Math.min(first, blocks), Math.min(last, blocks));
      const size = random.next() < 0.5 ? drop : drop * random.next();
      const change = Math.round(((1 - size) ** (1 / over) - 1) * PPM);
      return Array.from({ length: blocks }, (_value, index) => {
        const block = index + 1;
        return block >= start && block < start + over ? change : 0;
      });
    },
  };
}
