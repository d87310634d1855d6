import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { surge } from "../../market/processes/surge.js";
import { requireInRange, requireKnown } from "../../options.js";

import { arbitrageurs, liquidatorsIn, opportunist } from "./cast.js";
import { volatilityAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requireOracle, requireVolatility } from "./requires.js";

/** Options of `volShock`. */
export interface VolShockOptions extends PresetOptions {
  /** The volatility that rises. Default: the first asset with `quote: "volatility"`. */
  readonly asset?: string;
  /** The largest multiple of its level, above 1, at most 1,000. Default 2.2. */
  readonly times?: number;
  /** Number of blocks after which it is back. Default: it stays. */
  readonly lasts?: number;
  /** The longest oracle latency, in blocks. Default 0. */
  readonly oracleLatencyBlocks?: number;
}

/**
 * Implied volatility shifts suddenly (that of the S&P 500, the VIX, on 5 February 2018: from 17.3 to 37.3 between two closes, 2.16
 * times as much), while prices stand still, and the oracle reports it late.
 *
 * @throws SiegeError `INVALID_OPTION`; `UNKNOWN_ASSET` if the market has no volatility; `UNKNOWN_PROTOCOL` if oracles shall be
 * late and the market has none
 */
export function volShock(options: VolShockOptions = {}): ScenarioDefinition {
  requireKnown("volShock", options, [...PRESET_OPTIONS, "asset", "times", "lasts", "oracleLatencyBlocks"]);
  const market = marketOf(options);
  const { asset = volatilityAsset(market), times = 2.2, lasts, oracleLatencyBlocks = 0 } = options;
  requireInRange("volShock", "oracleLatencyBlocks", oracleLatencyBlocks, { min: 0, max: 1_000, kind: "integer" });
  if (oracleLatencyBlocks > 0) requireOracle("volShock", market);
  const shifted = requireVolatility("volShock", market, asset);
  const process = surge({ times, ...(lasts === undefined ? {} : { lasts }) });
  return presetScenario(options, withProcess(market, shifted, process), {
    name: `${shifted} rises to up to ${times} times its level${oracleLatencyBlocks === 0 ? "" : `, oracles up to ${oracleLatencyBlocks} blocks late`}`,
    blocks: 30,
    ...(oracleLatencyBlocks === 0 ? {} : { oracleFaults: { maxDelayBlocks: oracleLatencyBlocks } }),
    agents: [opportunist(market), ...arbitrageurs(market), ...liquidatorsIn(market)],
  });
}
