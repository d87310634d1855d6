export type { ActContext, Agent, FreeMoves, Intent, View } from "./agents/agent.js";
export type {
  Condition,
  ConditionDefinition,
  ConditionTarget,
  Evidence,
  JudgeContext,
  Quantity,
} from "./conditions/condition.js";
export type { SiegeConfig, SiegeUserConfig } from "./plugin/config.js";
export type {
  CampaignCost,
  CampaignOptions,
  CampaignResult,
  Certificate,
  DeletionProof,
  Finding,
  StepDescription,
  Threshold,
} from "./engine/campaign/campaign-result.js";
export type { Genome, MarketGene, MoveGene, OracleGene } from "./engine/events/genome.js";
export type { Outcome, Violation } from "./engine/run/outcome.js";
export type { ResolvedTarget, Target } from "./target/target.js";
export type { CallStep, MarketStep, OracleStep, Trace, TraceStep } from "./engine/events/trace.js";
export type { ErrorPolicy, SiegeErrorCode } from "./errors.js";
export type { OracleFault, OracleFaultKind } from "./oracles/faults.js";
export type { Process, ProcessContext } from "./market/processes/process.js";
export type { Random } from "./market/random.js";
export type { ContractCall } from "./protocols/call.js";
export type {
  Action,
  ActionContext,
  Approval,
  InspectContext,
  OracleModel,
  Protocol,
  ProtocolDefinition,
  ProtocolFactory,
  Publication,
  Token,
} from "./protocols/protocol.js";
export type { ReadCall, ReadPlan, ReadResult } from "./protocols/read-plan.js";
export type {
  AssetDefinition,
  GasModel,
  OracleFaultOptions,
  OracleFaults,
  Scenario,
  ScenarioDefinition,
} from "./scenario/scenario.js";
export type { Siege } from "./siege.js";
