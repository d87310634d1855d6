import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { shock } from "../../market/processes/shock.js";
import { requireKnown } from "../../options.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { arbitrageurs, liquidatorsIn, opportunist } from "./cast.js";
import { dollarAsset, mainAsset, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `depeg`. */
export interface DepegOptions extends PresetOptions {
  /** The asset that depegs. Default: the first asset that is worth a dollar. */
  readonly asset?: string;
  /** The largest fall, as a fraction, above 0 and below 1. Default 0.13. */
  readonly drop?: number;
}

/**
 * An asset that is meant to be worth a dollar loses its peg (USDC on 11 March 2023: $0.87).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function depeg(options: DepegOptions = {}): ScenarioDefinition {
  requireKnown("depeg", options, [...PRESET_OPTIONS, "asset", "drop"]);
  const market = marketOf(options);
  const { asset = dollarAsset(market) ?? mainAsset(market), drop = 0.13 } = options;
  return presetScenario(options, withProcess(market, asset, shock({ drop })), {
    name: `${asset} depegs by up to ${percent(drop)}`,
    blocks: 30,
    agents: [opportunist(market), ...arbitrageurs(market), ...liquidatorsIn(market)],
  });
}
