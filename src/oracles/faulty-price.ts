import type { OracleFault } from "./faults.js";

import { PPM } from "../quantity/ppm.js";

/** What decides what a feed says in a block in which a fault may be at work. */
interface FaultyPriceParameters {
  /** The faults that last in this block, in the order in which they began. */
  readonly faults: readonly OracleFault[];
  /** What it would publish now without a fault, or `undefined` if nothing is due. */
  readonly due: number | undefined;
  /** What it sees: the fair price as late as its model makes it. */
  readonly seen: number;
  /** What it said last. */
  readonly last: number;
}

/** What a feed publishes. */
interface FaultyRound {
  readonly price: number;
  /** A round that carries an old answer over, with its old time. */
  readonly carried: boolean;
}

/**
 * What a feed publishes in a block, or `undefined` for nothing. Silence wins over everything else; of other faults the last
 * to begin. Where nothing is due, a frozen or stale feed has nothing to repeat; one that answers nonsense does so at once.
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
