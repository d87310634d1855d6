import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { requireInRange, requireKnown } from "../../options.js";

import { opportunist } from "./cast.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `reorg`. */
export interface ReorgOptions extends PresetOptions {
  /** The largest depth in blocks, 1 to 100. Default 3; before proof of stake, exchanges waited for 12 and more. */
  readonly depth?: number;
}

/**
 * Blocks are replaced after others have acted on them (Ethereum on 25 May 2022: seven blocks of the Beacon Chain).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function reorg(options: ReorgOptions = {}): ScenarioDefinition {
  requireKnown("reorg", options, [...PRESET_OPTIONS, "depth"]);
  const market = marketOf(options);
  const { depth = 3, blocks = 20 } = options;
  requireInRange("reorg", "depth", depth, { min: 1, max: Math.min(100, blocks), kind: "integer" });
  return presetScenario(options, market, {
    name: `a reorg of up to ${depth} blocks`,
    blocks,
    builder: { reorganises: depth },
    agents: [opportunist(market)],
  });
}
