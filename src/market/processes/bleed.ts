import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { PPM } from "../../quantity/ppm.js";

import { shock } from "./shock.js";

/** Options of {@link bleed}. */
export interface BleedOptions {
  /** The largest fall in the end, as a fraction of the price, above 0 and below 1. */
  readonly drop: number;
  /** Over how many blocks, evenly in relative terms, 2 to 10,000. */
  readonly over: number;
  /** The first and the last block in which it may start, from 1. Default: the whole horizon. */
  readonly between?: readonly [first: number, last: number];
}

/**
 * A slow fall: as {@link shock}, but a minimal trace never makes it faster than `drop` over `over` blocks. Who has the time to
 * react to it keeps the time.
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
