import type { Agent } from "../../agents/agent.js";
import type { Condition } from "../../conditions/condition.js";
import type { ScenarioDefinition } from "../scenario.js";
import type { Market } from "./market.js";

import { sound } from "../../conditions/sound.js";

import { ethereum } from "./market.js";

/** The options of every preset. */
export interface PresetOptions {
  /** The market it takes place in. Default: {@link ethereum}, a fork of mainnet. */
  readonly market?: Market;
  /** The horizon, in blocks. Each preset has its own default. */
  readonly blocks?: number;
  /** The survival conditions. Default: {@link sound}. */
  readonly conditions?: readonly Condition[];
  /** Further contracts under siege, see `ScenarioDefinition.targets`. */
  readonly targets?: ScenarioDefinition["targets"];
  /** Agents besides those of the preset. */
  readonly agents?: readonly Agent[];
  /** Quantities that runs may set, see `ScenarioDefinition.parameters`; paths begin among these options: `set: "drop"`. */
  readonly parameters?: ScenarioDefinition["parameters"];
  /** How protocols fail, see `ScenarioDefinition.shocks`. */
  readonly shocks?: ScenarioDefinition["shocks"];
}

/** The parts that a preset contributes. */
interface PresetParts extends Partial<Omit<ScenarioDefinition, "assets" | "conditions">> {
  readonly name: string;
  readonly blocks: number;
  readonly agents: readonly Agent[];
}

/** The names of the options that every preset takes. */
export const PRESET_OPTIONS = ["market", "blocks", "conditions", "targets", "agents", "parameters", "shocks"] as const;

/** The market that a preset takes place in. */
export function marketOf({ market }: PresetOptions): Market {
  return market ?? ethereum;
}

/** Combines a preset's own parts with the market and the user's options. */
export function presetScenario(options: PresetOptions, market: Market, parts: PresetParts): ScenarioDefinition {
  const { capital: _capital, ...place } = market;
  return {
    // "over 30 blocks" means 30 blocks
    pauses: { most: 0 },
    ...place,
    ...parts,
    blocks: options.blocks ?? parts.blocks,
    ...(options.targets === undefined ? {} : { targets: options.targets }),
    ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
    ...(options.shocks === undefined ? {} : { shocks: options.shocks }),
    agents: [...parts.agents, ...(options.agents ?? [])],
    conditions: options.conditions ?? [sound()],
  };
}
