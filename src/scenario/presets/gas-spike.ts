import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { bleed } from "../../market/processes/bleed.js";
import { surge } from "../../market/processes/surge.js";
import { requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `gasSpike`. */
export interface GasSpikeOptions extends PresetOptions {
  /** The largest multiple of the normal demand for block space, 1 to 1,000. Default 20. */
  readonly times?: number;
  /** The asset that falls meanwhile. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest fall, over ten blocks, as a fraction, above 0 and below 1. Default 0.3. */
  readonly drop?: number;
}

/** Number of blocks over which the price falls: long enough for liquidators whose transactions are included. */
const FALL_BLOCKS = 10;

/**
 * Demand for block space spikes as a price falls: the base fee rises by one eighth per block, and anyone bidding less than
 * others is crowded out (12 March 2020: MakerDAO's keepers were, and collateral was auctioned off for nothing).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function gasSpike(options: GasSpikeOptions = {}): ScenarioDefinition {
  requireKnown("gasSpike", options, [...PRESET_OPTIONS, "times", "asset", "drop"]);
  const market = marketOf(options);
  const { times = 20, asset = mainAsset(market), drop = 0.3 } = options;
  return presetScenario(options, withProcess(market, asset, bleed({ drop, over: FALL_BLOCKS })), {
    name: `block-space demand rises up to ${times} times while ${asset} falls by up to ${percent(drop)}`,
    blocks: 40,
    gas: { demand: surge({ times }) },
    agents: [opportunist(market), ...liquidatorsIn(market)],
  });
}
