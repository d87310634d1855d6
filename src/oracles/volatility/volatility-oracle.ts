import type { Address } from "viem";

import type { OracleFactory, OracleModel } from "../oracle.js";
import type { VolatilitySurface } from "./surface.js";

import { SiegeError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { call } from "../../protocols/call.js";
import { all, attempt, map, read } from "../../protocols/read-plan.js";
import { wholeUnits } from "../../quantity/amount.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";
import { PUBLISHER_FUNDS, STAND_IN_PUBLISHER } from "../chainlink/stand-in-feed.js";
import { defineOracle } from "../oracle.js";
import { requireSchedule } from "../schedule.js";

import { volatilityOracleAbi } from "./abi.js";
import { eighteenDecimals } from "./creation-code.js";
import { surfaceVolatility } from "./surface.js";

const DECIMALS = 18;

/** Options of {@link volatilityOracle}. */
export interface VolatilityOracleOptions {
  /** The scenario's volatility that it publishes: an asset with `quote: "volatility"`. */
  readonly asset: string;
  /** The oracle's name, for a volatility with several. Default: the asset's. */
  readonly name?: string;
  /** How many blocks old a published volatility is. Default 0. */
  readonly latencyBlocks?: number;
  /** Publishes when the volatility has moved by at least this fraction: 0.01 is from 80 % to 80.8 %. Default 0.01, a choice. */
  readonly deviation?: number;
  /** Seconds after which it publishes in any case. Default 3,600, a choice. */
  readonly heartbeat?: number;
}

/** What agents see of a volatility oracle. */
export interface VolatilityOracleView {
  /** What it last published, an annual volatility: 0.8 is 80 %. */
  readonly level: number;
  /** Unix seconds. */
  readonly updatedAt: number;
  readonly round: bigint;
  /**
   * What it says of an option, an annual volatility.
   *
   * @param strike - as a fraction of the forward
   * @param expiry - years
   */
  readonly impliedVolatility: (strike: number, expiry: number) => number;
}

interface Facts {
  readonly oracle: Address;
  readonly surface: VolatilitySurface;
}

/**
 * A surface of implied volatilities on the chain, contracts/VolatilityOracle.sol, which `volatilityOracleCode` deploys. It publishes the
 * level of the surface, late, rounded or not at all, as price feeds do; options protocols read a strike and an expiry of it.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not such a contract
 * @example
 * ```ts
 * assets: { ETH_IV: { price: 0.8, quote: "volatility", process: surge({ times: 2 }) } },
 * oracles: [volatilityOracle(address, { asset: "ETH_IV", latencyBlocks: 3 })],
 * ```
 */
export const volatilityOracle: OracleFactory<VolatilityOracleOptions, VolatilityOracleView> = defineOracle<
  VolatilityOracleOptions,
  Facts,
  VolatilityOracleView
>({
  kind: "volatilityOracle",
  validate: (options) => {
    requireKnown("volatilityOracle", options, ["asset", "name", "latencyBlocks", "deviation", "heartbeat"]);
    requireSchedule("volatilityOracle", modelOf(options));
  },
  inspect: async (context, oracle) => {
    const found = await context.read(
      all({
        surface: attempt(read({ address: oracle, abi: volatilityOracleAbi, functionName: "surface" })),
        round: attempt(read({ address: oracle, abi: volatilityOracleAbi, functionName: "latestRoundData" })),
      }),
    );
    if (found.surface === undefined || found.round === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${oracle} is not a volatility oracle of hardhat-siege: ${found.surface === undefined ? "surface" : "latestRoundData"}() returns nothing.`,
        hint: "Deploy one with volatilityOracleCode; for a contract of your own, write an adapter with defineOracle.",
      });
    }
    const [expiries, strikes, ratios] = found.surface;
    const surface = {
      expiries: expiries.map((seconds) => Number(seconds) / SECONDS_PER_YEAR),
      strikes: strikes.map((strike) => wholeUnits(strike, DECIMALS)),
      ratios: expiries.map((_expiry, row) =>
        ratios.slice(row * strikes.length, (row + 1) * strikes.length).map((ratio) => wholeUnits(ratio, DECIMALS)),
      ),
    };
    return { oracle, surface };
  },
  observe: ({ oracle, surface }) =>
    map(
      read({ address: oracle, abi: volatilityOracleAbi, functionName: "latestRoundData" }),
      ([round, answer, , updatedAt]): VolatilityOracleView => {
        const level = wholeUnits(answer, DECIMALS);
        return {
          level,
          updatedAt: Number(updatedAt),
          round,
          impliedVolatility: (strike, expiry) => surfaceVolatility(surface, { level, strike, expiry }),
        };
      },
    ),
  model: modelOf,
  faults: ["zero", "wrong"],
  prepare: () => [{ kind: "fund", account: STAND_IN_PUBLISHER, wei: PUBLISHER_FUNDS }],
  price: ({ level }) => level,
  advanced: (before, after) => after.round !== before.round,
  publish: ({ oracle }, _view, level) => ({
    from: STAND_IN_PUBLISHER,
    call: call({
      address: oracle,
      abi: volatilityOracleAbi,
      functionName: "publish",
      args: [eighteenDecimals(level)],
    }),
  }),
});

function modelOf(options: VolatilityOracleOptions): OracleModel {
  const { asset, name, latencyBlocks = 0, deviation = 0.01, heartbeat = 3_600 } = options;
  return { asset, quote: "volatility", ...(name === undefined ? {} : { name }), latencyBlocks, deviation, heartbeat };
}
