import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { surge } from "../../market/surge.js";
import { requireKnown } from "../../options.js";

import { richAttacker } from "./cast.js";
import { PRESET_OPTIONS, marketOf, presetScenario } from "./preset.js";

/** Options of {@link gasSpike}. */
export interface GasSpikeOptions extends PresetOptions {
  /** How many times as much block space is wanted at most, 1 to 1,000. Default 20. */
  readonly times?: number;
}

/**
 * Everybody wants into the blocks at once: the base fee rises by an eighth a block, and who bids less than others is crowded
 * out (12 March 2020: keepers of MakerDAO were, and lots were sold for nothing).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function gasSpike(options: GasSpikeOptions = {}): ScenarioDefinition {
  requireKnown("gasSpike", options, [...PRESET_OPTIONS, "times"]);
  const market = marketOf(options);
  const { times = 20 } = options;
  return presetScenario(options, market, {
    name: `up to ${times} times as much block space is wanted`,
    blocks: 30,
    gas: { demand: surge({ times }) },
    agents: [richAttacker(market)],
  });
}
