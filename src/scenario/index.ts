export { defineScenario } from "./define-scenario.js";
export type { ScenarioFactory } from "./define-scenario.js";
export type { AssetDefinition, GasModel, OracleFaults, Scenario, ScenarioDefinition } from "./scenario.js";
