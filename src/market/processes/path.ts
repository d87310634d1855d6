import type { Process } from "./process.js";

import { SiegeError } from "../../errors.js";
import { PPM } from "../../quantity/ppm.js";

/**
 * An explicit path: the same in every run.
 *
 * @param prices - fair prices in US dollars for blocks 1, 2, …; after the last one the price stays constant
 * @param start - the asset's price at the start, from which the first change is computed
 * @throws SiegeError `INVALID_OPTION` for a price that is not a finite number above 0
 * @example
 * ```ts
 * assets: { ETH: { price: 2000, process: path([1900, 1700, 1200], 2000) } }
 * ```
 */
export function path(prices: readonly number[], start: number): Process {
  for (const [index, price] of [start, ...prices].entries()) {
    if (Number.isFinite(price) && price > 0) continue;
    throw new SiegeError("INVALID_OPTION", {
      message: `path: the price ${index === 0 ? "at the start" : `of block ${String(index)}`} is ${String(price)}.`,
      hint: "Prices must be finite numbers above 0, in US dollars.",
    });
  }
  return {
    kind: "path",
    independent: true,
    sample: ({ blocks }) => {
      // each change is measured from the price that the rounded changes before it reached, so rounding errors do not accumulate
      let reached = start;
      return prices.slice(0, blocks).map((price) => {
        const change = Math.round((price / reached - 1) * PPM);
        reached = (reached * (PPM + change)) / PPM;
        return change;
      });
    },
  };
}
