export { defineScenario } from "./define-scenario.js";
export type { ScenarioFactory } from "./define-scenario.js";
export type { Draw, Draws, ListLength } from "./draw.js";
export { defineEvent } from "./event.js";
export type { DrawnEvent, EventDefinition, EventInspectContext, EventName, EventSize, ScenarioEvent } from "./event.js";
export { objective } from "./parameters/objective.js";
export type { Objective, ObjectiveContext } from "./parameters/objective.js";
export { shock } from "./shock.js";
export type { BuiltShock, Shock } from "./shock.js";
export { parameter } from "./parameters/parameter.js";
export type { CallSetter, ParameterValues, SlotSetter } from "./parameters/setter.js";
export type { EventValues, NumbersOf, ValueRange, ValueRanges, ValuesOf } from "./event-values.js";
export type {
  AssetDefinition,
  BuilderPowers,
  FurtherTarget,
  GasModel,
  MempoolModel,
  OracleFaultOptions,
  OracleFaultRange,
  OracleFaults,
  Parameter,
  ParameterSetter,
  BlockTimeModel,
  PauseModel,
  Scenario,
  ScenarioDefinition,
  ScenarioSetter,
  Setting,
  TimedCall,
} from "./scenario.js";
export { ethereum } from "./presets/market.js";
export type { Market } from "./presets/market.js";
export type { PresetOptions } from "./presets/preset.js";
export type { Presets } from "./presets/presets.js";
export type { BankRunOptions } from "./presets/bank-run.js";
export type { ContagionOptions } from "./presets/contagion.js";
export type { DepegOptions } from "./presets/depeg.js";
export type { FlashCrashOptions } from "./presets/flash-crash.js";
export type { FlashLoanAttackOptions } from "./presets/flash-loan-attack.js";
export type { GasSpikeOptions } from "./presets/gas-spike.js";
export type { GovernanceCaptureOptions } from "./presets/governance-capture.js";
export type { LiquidityDroughtOptions } from "./presets/liquidity-drought.js";
export type { OracleFreezeOptions } from "./presets/oracle-freeze.js";
export type { OracleManipulationOptions } from "./presets/oracle-manipulation.js";
export type { ReorgOptions } from "./presets/reorg.js";
export type { SandwichSeasonOptions } from "./presets/sandwich-season.js";
export type { SlowBleedOptions } from "./presets/slow-bleed.js";
export type { VolShockOptions } from "./presets/vol-shock.js";
export type { NumberQuote, Quote } from "../quantity/quote.js";
