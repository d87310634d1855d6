import type { OracleModel } from "./oracle.js";

import { requireInRange } from "../options.js";

/** What determines whether a feed publishes in a block. */
interface ScheduleParameters {
  readonly model: OracleModel;
  /** The block being built, counted from 1. */
  readonly block: number;
  /** Its timestamp, seconds. */
  readonly timestamp: number;
  /** Fair prices, US dollars, by block; index 0 is the start of the run, the last is this block. */
  readonly fairPrices: readonly number[];
  /** The last publication. */
  readonly last: { readonly price: number; readonly timestamp: number };
  /** Whether a fault keeps the feed from publishing. */
  readonly silent: boolean;
}

/**
 * @param owner - whose options they are
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireSchedule(
  owner: string,
  { latencyBlocks, deviation, heartbeat }: Pick<OracleModel, "latencyBlocks" | "deviation" | "heartbeat">,
): void {
  requireInRange(owner, "latencyBlocks", latencyBlocks, { min: 0, max: 10_000, kind: "integer" });
  requireInRange(owner, "deviation", deviation, { min: 0, max: 1 });
  requireInRange(owner, "heartbeat", heartbeat, { min: 1, max: 31_536_000, kind: "integer" });
}

/**
 * The price that a feed publishes in a block, or `undefined` if it publishes none: it sees the fair price of `latencyBlocks`
 * ago, and publishes if that deviates from its last answer by at least the threshold, or if the heartbeat is due. (The two
 * triggers of Chainlink's data feeds, https://docs.chain.link/data-feeds.)
 */
export function nextPublication(parameters: ScheduleParameters): number | undefined {
  const { model, block, timestamp, fairPrices, last, silent } = parameters;
  if (silent) return undefined;
  const price = seenPrice(model, block, fairPrices) ?? last.price;
  const moved = last.price > 0 ? Math.abs(price - last.price) / last.price : Infinity;
  const isDue = timestamp - last.timestamp >= model.heartbeat;
  return (price !== last.price && moved >= model.deviation) || isDue ? price : undefined;
}

/** The price that a feed sees in a block: the fair price of `latencyBlocks` ago. */
export function seenPrice(model: OracleModel, block: number, fairPrices: readonly number[]): number | undefined {
  return fairPrices[Math.max(0, block - model.latencyBlocks)];
}
