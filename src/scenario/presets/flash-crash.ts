import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { shock } from "../../market/processes/shock.js";
import { requireInRange, requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { arbitrageurs, liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requireOracle } from "./requires.js";

/** Options of `flashCrash`. */
export interface FlashCrashOptions extends PresetOptions {
  /** The asset that falls. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest fall, as a fraction, above 0 and below 1. Default 0.4. */
  readonly drop?: number;
  /** Number of blocks over which it falls. Default 1. */
  readonly over?: number;
  /** The longest oracle latency, in blocks. Default 0. */
  readonly oracleLatencyBlocks?: number;
}

/**
 * A price crashes within minutes (ether on 19 May 2021: 40 % in a day; on Coinbase on 21 June 2017: to $0.10 for seconds),
 * and the feed reports it late.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if oracles shall be late and the market has none
 */
export function flashCrash(options: FlashCrashOptions = {}): ScenarioDefinition {
  requireKnown("flashCrash", options, [...PRESET_OPTIONS, "asset", "drop", "over", "oracleLatencyBlocks"]);
  const market = marketOf(options);
  const { asset = mainAsset(market), drop = 0.4, over = 1, oracleLatencyBlocks = 0 } = options;
  requireInRange("flashCrash", "oracleLatencyBlocks", oracleLatencyBlocks, { min: 0, max: 1_000, kind: "integer" });
  if (oracleLatencyBlocks > 0) requireOracle("flashCrash", market);
  const crashing = withProcess(market, asset, shock({ drop, over }));
  return presetScenario(options, crashing, {
    name: `${asset} falls by up to ${percent(drop)}${oracleLatencyBlocks === 0 ? "" : `, oracles up to ${oracleLatencyBlocks} blocks late`}`,
    blocks: 30,
    ...(oracleLatencyBlocks === 0 ? {} : { oracleFaults: { maxDelayBlocks: oracleLatencyBlocks } }),
    agents: [opportunist(market), ...arbitrageurs(market), ...liquidatorsIn(market)],
  });
}
