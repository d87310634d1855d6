import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { changesAlong } from "./log-returns.js";
import { streamsOf } from "./streams.js";

/** Options of {@link bridge}. */
export interface BridgeOptions {
  /** The level that is reached, as a multiple of the price at the start: 0.6 is a fall of 40 %. From 0.000001 to 1,000,000. */
  readonly to: number;
  /** The block at whose end it is reached, 1 to 10,000. Default: the last one. */
  readonly by?: number;
  /** Annual volatility of log returns on the way, and after it: 0.8 is 80 % a year. From 0 to 20; 0 is a straight line. */
  readonly volatility: number;
}

/**
 * A random way to a stressed level: a geometric Brownian motion given where it is at the end of a block (a Brownian bridge;
 * Glasserman, *Monte Carlo Methods in Financial Engineering*, 2004, 3.1). Every run ends at the level, and each gets there in
 * another way. After that block, the price goes on as a geometric Brownian motion without drift.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * assets: { ETH: { price: 2000, process: bridge({ to: 0.6, by: 20, volatility: 0.8 }) } }
 * ```
 */
export function bridge(options: BridgeOptions): Process {
  requireKnown("bridge", options, ["to", "by", "volatility"]);
  const { to, by, volatility } = options;
  requireInRange("bridge", "to", to, { min: 1e-6, max: 1e6 });
  if (by !== undefined) requireInRange("bridge", "by", by, { min: 1, max: 10_000, kind: "integer" });
  requireInRange("bridge", "volatility", volatility, { min: 0, max: 20 });
  return {
    kind: "bridge",
    correlates: true,
    sample: ({ random, ...context }) => {
      const { blocks, blockTime } = context;
      // of a block of ordinary length
      const deviation = volatility * Math.sqrt(blockTime / SECONDS_PER_YEAR);
      const target = Math.log(to);
      const spans = intervalsOf({ ...context, blocks: Math.max(blocks, by ?? 0) }).map(
        (seconds) => seconds / blockTime,
      );
      // in ordinary blocks, and so are the spans
      let left = spans.slice(0, by ?? blocks).reduce((sum, span) => sum + span, 0);
      let level = 0;
      return changesAlong(
        streamsOf(random, blocks).diffusion.map((normal, index) => {
          const span = spans[index] ?? 1;
          if (index >= (by ?? blocks)) level += deviation * Math.sqrt(span) * normal - (deviation ** 2 * span) / 2;
          else {
            const rest = Math.max(0, left - span);
            level += ((target - level) / left) * span + deviation * Math.sqrt((span * rest) / left) * normal;
            left = rest;
          }
          return level;
        }),
      );
    },
  };
}
