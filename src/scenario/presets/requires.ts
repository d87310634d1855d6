import type { Market } from "./market.js";

import { SiegeError } from "../../errors.js";

import { assetOf } from "./market.js";

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

/**
 * The volatility that a preset is about.
 *
 * @throws SiegeError `UNKNOWN_PROTOCOL` if there is none; `UNKNOWN_ASSET`; `INVALID_OPTION` for an asset that is no volatility
 */
export function requireVolatility(preset: string, market: Market, asset: string | undefined): string {
  requirePart(
    preset,
    asset !== undefined,
    "volatility, so no contract would notice",
    'Add what the contracts read: market: { assets: { ETH_IV: { price: 0.8, quote: "volatility" } }, oracles: [volatilityOracle(address, { asset: "ETH_IV" })] }.',
  );
  const name = asset ?? "";
  if (assetOf(market, name).quote === "volatility") return name;
  throw new SiegeError("INVALID_OPTION", {
    message: `${preset}: "asset" is ${name}, which is quoted in US dollars.`,
    hint: 'Name an asset with quote: "volatility"; prices rise in a scenario with surge of hardhat-siege/market.',
  });
}
