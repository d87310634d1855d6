import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { bleed } from "../../market/processes/bleed.js";
import { requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { arbitrageurs, liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of {@link slowBleed}. */
export interface SlowBleedOptions extends PresetOptions {
  /** What falls. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** By how much in the end at most, as a fraction, above 0 and below 1. Default 0.5. */
  readonly drop?: number;
}

/**
 * A price falls a little in every block, for the whole horizon: nothing that looks at single moves sees it.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function slowBleed(options: SlowBleedOptions = {}): ScenarioDefinition {
  requireKnown("slowBleed", options, [...PRESET_OPTIONS, "asset", "drop"]);
  const market = marketOf(options);
  const { asset = mainAsset(market), drop = 0.5, blocks = 40 } = options;
  const bleeding = withProcess(market, asset, bleed({ drop, over: blocks, between: [1, 1] }));
  return presetScenario(options, bleeding, {
    name: `${asset} loses up to ${percent(drop)} bit by bit`,
    blocks,
    agents: [opportunist(market), ...arbitrageurs(market), ...liquidatorsIn(market)],
  });
}
