export { defineScenario } from "./define-scenario.js";
export type { ScenarioFactory } from "./define-scenario.js";
export type {
  AssetDefinition,
  GasModel,
  OracleFaultOptions,
  OracleFaults,
  Scenario,
  ScenarioDefinition,
} from "./scenario.js";
