import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { PPM } from "../../quantity/ppm.js";

import { shock } from "./shock.js";

/** Options of {@link bleed}. */
export interface BleedOptions {
  /** The largest total fall, as a fraction of the price, above 0 and below 1. */
  readonly drop: number;
  /** Number of blocks it takes, at an even relative rate, 2 to 10,000. */
  readonly over: number;
  /** First and last block in which it may start, counted from 1. Default: the whole horizon. */
  readonly between?: readonly [first: number, last: number];
}

/**
 * A slow decline: like {@link shock}, but a minimal trace never makes it steeper than `drop` over `over` blocks, so that
 * agents keep the time that they have to react to it.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `assets: { ETH: { price: 2000, process: bleed({ drop: 0.5, over: 40 }) } }`
 */
export function bleed(options: BleedOptions): Process {
  requireKnown("bleed", options, ["drop", "over", "between"]);
  const { drop, over } = options;
  requireInRange("bleed", "over", over, { min: 2, max: 10_000, kind: "integer" });
  return { ...shock(options), kind: "bleed", pace: Math.round((1 - (1 - drop) ** (1 / over)) * PPM) };
}
