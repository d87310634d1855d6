import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { PPM } from "../../quantity/ppm.js";

/** Options of {@link surge}. */
export interface SurgeOptions {
  /** The largest multiple: 20 means twenty times as much; above 1, at most 1,000. */
  readonly times: number;
  /** First and last block in which it may start, counted from 1. Default: the whole horizon. */
  readonly between?: readonly [first: number, last: number];
  /** Number of blocks after which it ends. Default: never. */
  readonly lasts?: number;
}

/**
 * A sudden rise at any block of the window, to any multiple up to `times`; in half of the runs, to exactly that one. For
 * example, the demand for block space on a day like 12 March 2020.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `gas: { demand: surge({ times: 20 }) }`
 */
export function surge(options: SurgeOptions): Process {
  const { times, between, lasts } = options;
  requireKnown("surge", options, ["times", "between", "lasts"]);
  requireInRange("surge", "times", times, { min: 1 + 1 / PPM, max: 1_000 });
  const [first, last] = between ?? [1, Infinity];
  requireInRange("surge", "between[0]", first, { min: 1, max: 10_000, kind: "integer" });
  if (between !== undefined) requireInRange("surge", "between[1]", last, { min: first, max: 10_000, kind: "integer" });
  if (lasts !== undefined) requireInRange("surge", "lasts", lasts, { min: 1, max: 10_000, kind: "integer" });
  return {
    kind: "surge",
    sample: ({ blocks, random }) => {
      const start = random.integer(Math.min(first, blocks), Math.min(last, blocks));
      const factor = random.next() < 0.5 ? times : 1 + (times - 1) * random.next();
      return Array.from({ length: blocks }, (_value, index) => {
        const block = index + 1;
        if (block === start) return Math.round((factor - 1) * PPM);
        return lasts !== undefined && block === start + lasts ? Math.round((1 / factor - 1) * PPM) : 0;
      });
    },
  };
}
