import type { Hex } from "viem";

import type { VolatilitySurface } from "./surface.js";

import { encodeDeployData } from "viem";

import { requireInRange, requireKnown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { volatilityOracleAbi } from "./abi.js";
import { requireSurface } from "./surface.js";
import { VOLATILITY_ORACLE_CODE } from "./volatility-oracle-bytecode.js";

/** What {@link volatilityOracleCode} deploys. */
export interface VolatilityOracleDeployment {
  /** Its shape, such as that of `calibrateVolatility`. */
  readonly surface: VolatilitySurface;
  /** The level that it has published when it is deployed, an annual volatility: 0.8 is 80 %. From 0.001 to 20. */
  readonly level: number;
}

/**
 * The data of a transaction that deploys contracts/VolatilityOracle.sol, for a test's own set-up; what it has deployed goes into a
 * scenario with {@link volatilityOracle}. Contracts ask it `impliedVolatility(strike, expiry)`, the strike as a fraction of the
 * forward with 18 decimals and the expiry in seconds from now, or read its level as that of a price feed, both with 18 decimals.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const hash = await wallet.sendTransaction({ data: volatilityOracleCode({ surface, level: 0.8 }) });
 * ```
 */
export function volatilityOracleCode(deployment: VolatilityOracleDeployment): Hex {
  requireKnown("volatilityOracleCode", deployment, ["surface", "level"]);
  const { surface, level } = deployment;
  requireSurface("volatilityOracleCode", surface);
  requireInRange("volatilityOracleCode", "level", level, { min: 0.001, max: 20 });
  return encodeDeployData({
    abi: volatilityOracleAbi,
    bytecode: VOLATILITY_ORACLE_CODE,
    args: [
      eighteenDecimals(level),
      surface.expiries.map((years) => BigInt(Math.round(years * SECONDS_PER_YEAR))),
      surface.strikes.map(eighteenDecimals),
      surface.ratios.flat().map(eighteenDecimals),
    ],
  });
}

/** With as many digits as a double has. */
export function eighteenDecimals(value: number): bigint {
  return BigInt(Math.round(value * 1e12)) * 1_000_000n;
}
