import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { attacker } from "../../agents/attacker.js";
import { requireKnown } from "../../options.js";

import { capitalOf } from "./market.js";
import { PRESET_OPTIONS, marketOf, presetScenario } from "./preset.js";

/** Options of {@link oracleManipulation}. */
export interface OracleManipulationOptions extends PresetOptions {
  /** What is spent on it, whole tokens by asset. Default: the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/**
 * The market stands still, and somebody moves what contracts read for a price: pools, shares, balances (Mango Markets on 11
 * October 2022, Harvest on 26 October 2020).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function oracleManipulation(options: OracleManipulationOptions = {}): ScenarioDefinition {
  requireKnown("oracleManipulation", options, [...PRESET_OPTIONS, "capital"]);
  const market = marketOf(options);
  const { capital = capitalOf(market) } = options;
  return presetScenario(options, market, {
    name: "somebody moves what is read for a price",
    blocks: 20,
    agents: [attacker({ capital })],
  });
}
