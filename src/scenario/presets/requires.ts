import type { Market } from "./market.js";

import { SiegeError } from "../../errors.js";

/**
 * A preset that would change nothing in this market must not pass there.
 *
 * @param what - completes "the market has no …"
 * @param hint - how to add it
 * @throws SiegeError `UNKNOWN_PROTOCOL`
 */
export function requirePart(preset: string, isThere: boolean, what: string, hint: string): void {
  if (isThere) return;
  throw new SiegeError("UNKNOWN_PROTOCOL", { message: `${preset}: the market has no ${what}.`, hint });
}

/** @throws SiegeError `UNKNOWN_PROTOCOL` if no feed could fail or be late */
export function requireOracle(preset: string, { oracles = [] }: Market): void {
  requirePart(
    preset,
    oracles.length > 0,
    "oracle, so no contract would notice",
    'Add the feeds that the contracts read: market: { oracles: [chainlink(address, { asset: "ETH" })] }.',
  );
}
