export { defineScenario } from "./define-scenario.js";
export type { ScenarioFactory } from "./define-scenario.js";
export type { Draw, Draws, ListLength } from "./draw.js";
export { defineEvent } from "./event.js";
export type { DrawnEvent, EventDefinition, EventInspectContext, EventName, EventSize, ScenarioEvent } from "./event.js";
export { objective } from "./parameters/objective.js";
export type { Objective, ObjectiveContext } from "./parameters/objective.js";
export { parameter } from "./parameters/parameter.js";
export type { CallSetter, ParameterValues, SlotSetter } from "./parameters/setter.js";
export type { EventValues, NumbersOf, ValueRange, ValueRanges, ValuesOf } from "./event-values.js";
export type {
  AssetDefinition,
  BuilderPowers,
  GasModel,
  MempoolModel,
  OracleFaultOptions,
  OracleFaults,
  Parameter,
  ParameterSetter,
  Scenario,
  ScenarioDefinition,
  ScenarioSetter,
  Setting,
} from "./scenario.js";
export { ethereum } from "./presets/market.js";
export type { Market } from "./presets/market.js";
export type { PresetOptions } from "./presets/preset.js";
export type { Presets } from "./presets/presets.js";
