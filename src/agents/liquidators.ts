import type { Agent } from "./agent.js";
import type { LiquidatorOptions } from "./liquidator.js";

import { SiegeError } from "../errors.js";
import { requireInRange } from "../options.js";

import { liquidator } from "./liquidator.js";

/** Options that may differ between the liquidators of a fleet. */
type Own = "capital" | "bid" | "delay" | "minProfit";

/** Options of {@link liquidators}. `capital`, `bid`, `delay` and `minProfit`: one for all, or a list with one for each. */
export type LiquidatorsOptions = Omit<LiquidatorOptions, Own | "at"> & {
  /** How many, 1 to 100. */
  readonly count: number;
} & {
  readonly [Option in Own]?: LiquidatorOptions[Option] | readonly NonNullable<LiquidatorOptions[Option]>[];
};

/**
 * Competing liquidators. Each sees the same positions and decides on its own; in the block, the highest bid is included first,
 * and whether the next one's call still succeeds depends on what is left of the position: a call that comes too late reverts,
 * and its sender pays the gas, as in the priority gas auctions of Daian et al. 2020, *Flash Boys 2.0*.
 *
 * `bid` defaults to (n - 1) / n for n liquidators: the equilibrium of a first-price sealed-bid auction among n bidders with
 * independent, uniformly distributed values (Vickrey 1961, *Counterspeculation, Auctions, and Competitive Sealed Tenders*).
 * Here the values are often the same, which would drive bids up further.
 *
 * @returns agents named `<name> 1`, `<name> 2`, …; without `name`, named as the scenario names agents that share a role
 * @throws SiegeError `INVALID_OPTION`
 * @example `agents: [...liquidators({ count: 3, capital: { USDC: 200_000 }, bid: [0.2, 0.5, 0.8], delay: [0, 0, 1] })]`
 */
export function liquidators(options: LiquidatorsOptions): readonly Agent[] {
  const { count, name, capital, bid, delay, minProfit, ...shared } = options;
  requireInRange("liquidators", "count", count, { min: 1, max: 100, kind: "integer" });
  return Array.from({ length: count }, (_nothing, index) => {
    const own = {
      capital: ofOne("capital", capital, index, count),
      bid: ofOne("bid", bid, index, count) ?? (count - 1) / count,
      delay: ofOne("delay", delay, index, count),
      minProfit: ofOne("minProfit", minProfit, index, count),
      name: name === undefined ? undefined : `${name} ${String(index + 1)}`,
    };
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    return liquidator({ ...shared, ...given });
  });
}

/** The value for one of them. */
function ofOne<T>(option: string, value: T | readonly T[] | undefined, index: number, count: number): T | undefined {
  if (!isList(value)) return value;
  if (value.length === count) return value[index];
  throw new SiegeError("INVALID_OPTION", {
    message: `liquidators: "${option}" has ${String(value.length)} entries for ${String(count)} liquidators.`,
    hint: "Give one value for all of them, or a list with one for each.",
  });
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}
