import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { bleed } from "../../market/processes/bleed.js";
import { requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { arbitrageurs, liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `slowBleed`. */
export interface SlowBleedOptions extends PresetOptions {
  /** The asset that falls. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest total fall, as a fraction, above 0 and below 1. Default 0.5. */
  readonly drop?: number;
}

/**
 * A price falls a little in every block, over the whole horizon: protections against single moves never trigger.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function slowBleed(options: SlowBleedOptions = {}): ScenarioDefinition {
  requireKnown("slowBleed", options, [...PRESET_OPTIONS, "asset", "drop"]);
  const market = marketOf(options);
  const { asset = mainAsset(market), drop = 0.5, blocks = 40 } = options;
  const bleeding = withProcess(market, asset, bleed({ drop, over: blocks, between: [1, 1] }));
  return presetScenario(options, bleeding, {
    name: `${asset} slowly bleeds up to ${percent(drop)}`,
    blocks,
    agents: [opportunist(market), ...arbitrageurs(market), ...liquidatorsIn(market)],
  });
}
