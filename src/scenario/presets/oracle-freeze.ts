import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { shock } from "../../market/processes/shock.js";
import { requireInRange, requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requireOracle } from "./requires.js";

/** Options of `oracleFreeze`. */
export interface OracleFreezeOptions extends PresetOptions {
  /** The asset that falls meanwhile. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest fall, as a fraction, above 0 and below 1. Default 0.3. */
  readonly drop?: number;
  /** The longest silence, in blocks. Default 20. */
  readonly maxBlocks?: number;
}

/**
 * Feeds fall silent for up to hours while the market moves (Chainlink on 12 March 2020; LUNA on 12 May 2022, when its feed
 * was suspended).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if the market has no oracle
 */
export function oracleFreeze(options: OracleFreezeOptions = {}): ScenarioDefinition {
  requireKnown("oracleFreeze", options, [...PRESET_OPTIONS, "asset", "drop", "maxBlocks"]);
  const market = marketOf(options);
  const { asset = mainAsset(market), drop = 0.3, maxBlocks = 20, blocks = 30 } = options;
  requireOracle("oracleFreeze", market);
  requireInRange("oracleFreeze", "maxBlocks", maxBlocks, { min: 1, max: blocks, kind: "integer" });
  return presetScenario(options, withProcess(market, asset, shock({ drop })), {
    name: `oracles silent for up to ${maxBlocks} blocks, ${asset} falls by up to ${percent(drop)}`,
    blocks,
    oracleFaults: { maxDelayBlocks: maxBlocks },
    agents: [opportunist(market), ...liquidatorsIn(market)],
  });
}
