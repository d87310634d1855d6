import type { OracleFault } from "../../oracles/faults.js";
import type { OracleBounds } from "../../oracles/oracle.js";
import type { BoundPriceFeed } from "../world/bind-oracle.js";
import type { PlacedOracle } from "../world/bound-world.js";

import { isLasting } from "../../oracles/faults.js";
import { faultyPrice } from "../../oracles/faulty-price.js";
import { nextPublication, seenPrice } from "../../oracles/schedule.js";

/** A fault and the last block in which it is active. */
export interface BegunFault {
  readonly fault: OracleFault;
  readonly until: number;
}

/** A price feed at one moment of a run. */
export interface FeedState {
  readonly oracle: PlacedOracle;
  /** The fair price at the end of each block; index 0 is the start. */
  readonly fairPrices: readonly number[];
  readonly last: { readonly price: number; readonly timestamp: number };
  readonly faults: readonly BegunFault[];
  /** What it publishes in the block that is being built. */
  readonly due: DueRound | undefined;
}

/** A round to publish. */
export interface DueRound {
  readonly price: number;
  /** The fault behind it; absent for an ordinary round. */
  readonly fault?: OracleFault;
}

/** The fault with the last block in which it is active. */
export function begun(fault: OracleFault, block: number): BegunFault {
  return { fault, until: block + fault.blocks - 1 };
}

/**
 * The round that a feed publishes in a block, if any. A change of its decimals or of its aggregator comes with one.
 *
 * @param isDown - whether the sequencer is down, during which no feed can publish
 */
export function roundOf(
  { faults, fairPrices: fair, last }: FeedState,
  { model, bounds }: BoundPriceFeed,
  now: { readonly block: number; readonly timestamp: number; readonly isDown: boolean },
): DueRound | undefined {
  const { block, timestamp, isDown } = now;
  if (isDown) return undefined;
  const fairPrices = fair.map((price) => within(price, bounds));
  const active = faults.filter(({ until }) => block <= until).map(({ fault }) => fault);
  const seen = seenPrice(model, block, fairPrices) ?? last.price;
  const change = active.findLast(({ fault }) => isLasting(fault));
  if (change !== undefined) return { price: seen, fault: change };
  const due = nextPublication({ model, block, timestamp, fairPrices, last, silent: false });
  const round = faultyPrice({ faults: active, due, seen, last: last.price });
  if (round === undefined) return undefined;
  const stale = round.carried ? active.find(({ fault }) => fault === "stale") : undefined;
  return { price: round.price, ...(stale === undefined ? {} : { fault: stale }) };
}

/** The price that a feed shows for one that it sees. */
function within(price: number, { least = 0, most = Infinity }: OracleBounds): number {
  return Math.min(most, Math.max(least, price));
}
