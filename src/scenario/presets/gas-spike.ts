import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { bleed } from "../../market/processes/bleed.js";
import { surge } from "../../market/processes/surge.js";
import { requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of {@link gasSpike}. */
export interface GasSpikeOptions extends PresetOptions {
  /** How many times as much block space is wanted at most, 1 to 1,000. Default 20. */
  readonly times?: number;
  /** What falls meanwhile. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** By how much at most, over ten blocks, as a fraction, above 0 and below 1. Default 0.3. */
  readonly drop?: number;
}

/** Over how many blocks the price falls: long enough for liquidators who get into them. */
const FALL_BLOCKS = 10;

/**
 * Everybody wants into the blocks at once, as a price falls: the base fee rises by an eighth a block, and who bids less than
 * others is crowded out (12 March 2020: keepers of MakerDAO were, and lots were sold for nothing).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function gasSpike(options: GasSpikeOptions = {}): ScenarioDefinition {
  requireKnown("gasSpike", options, [...PRESET_OPTIONS, "times", "asset", "drop"]);
  const market = marketOf(options);
  const { times = 20, asset = mainAsset(market), drop = 0.3 } = options;
  return presetScenario(options, withProcess(market, asset, bleed({ drop, over: FALL_BLOCKS })), {
    name: `up to ${times} times as much block space is wanted while ${asset} falls by up to ${percent(drop)}`,
    blocks: 40,
    gas: { demand: surge({ times }) },
    agents: [opportunist(market), ...liquidatorsIn(market)],
  });
}
