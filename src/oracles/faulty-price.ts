import type { OracleFault } from "./faults.js";

import { PPM } from "../quantity/ppm.js";

/** What determines what a feed publishes in a block with possible faults. */
interface FaultyPriceParameters {
  /** The faults that are active in this block, in the order in which they began. */
  readonly faults: readonly OracleFault[];
  /** What it would publish now without any fault, or `undefined` if nothing is due. */
  readonly due: number | undefined;
  /** The price that it sees: the fair price, delayed by the latency of its model. */
  readonly seen: number;
  /** What it last published. */
  readonly last: number;
}

/** What a feed publishes. */
interface FaultyRound {
  readonly price: number;
  /** A round that carries over an old answer, with its old timestamp. */
  readonly carried: boolean;
}

/**
 * What a feed publishes in a block; `undefined` for nothing. `silent` takes precedence over all other faults; of those, the one
 * that began last. If no round is due, a frozen or stale feed has nothing to repeat; a feed with an invalid answer publishes it
 * at once.
 */
export function faultyPrice(parameters: FaultyPriceParameters): FaultyRound | undefined {
  const { faults, due, seen, last } = parameters;
  const round = (price: number): FaultyRound => ({ price, carried: false });
  if (faults.some(({ fault }) => fault === "silent")) return undefined;
  const active = faults.findLast(({ fault }) => ["frozen", "stale", "zero", "negative", "wrong"].includes(fault));
  if (active?.fault === "zero") return round(0);
  if (active?.fault === "negative") return round(-seen);
  if (active?.fault === "wrong") return round((seen * (active.factor ?? PPM)) / PPM);
  if (due === undefined) return undefined;
  if (active?.fault === "frozen") return round(last);
  return active?.fault === "stale" ? { price: last, carried: true } : round(due);
}
