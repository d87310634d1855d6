export { defineScenario } from "./define-scenario.js";
export type { ScenarioFactory } from "./define-scenario.js";
export type {
  AssetDefinition,
  BuilderPowers,
  GasModel,
  MempoolModel,
  OracleFaultOptions,
  OracleFaults,
  Scenario,
  ScenarioDefinition,
} from "./scenario.js";
export { ethereum } from "./presets/market.js";
export type { Market } from "./presets/market.js";
export type { PresetOptions } from "./presets/preset.js";
export type { Presets } from "./presets/presets.js";
