export type { ActContext, Agent, FreeMoves, Intent } from "./agents/agent.js";
export type { View } from "./view/view.js";
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
  CampaignResult,
  IncompleteResult,
  SurvivedResult,
  ViolationResult,
} from "./engine/campaign/campaign-result.js";
export type { CampaignCost } from "./engine/search/spent.js";
export type { Certificate, DeletionProof, Threshold } from "./engine/minimise/certificate.js";
export type { StepDescription } from "./engine/events/step-description.js";
export type { CampaignOptions } from "./engine/campaign/options.js";
export type { Finding } from "./engine/campaign/finding.js";
export type { Genome, MarketGene, MoveGene, OracleGene } from "./engine/events/genome.js";
export type { Outcome, Violation } from "./engine/run/outcome.js";
export type { ResolvedTarget, Target } from "./target/target.js";
export type { CallStep, MarketStep, OracleStep, Trace, TraceStep } from "./engine/events/trace.js";
export type { ErrorPolicy, SiegeErrorCode } from "./errors.js";
export type { OracleFault, OracleFaultKind } from "./oracles/faults.js";
export type { Process, ProcessContext } from "./market/processes/process.js";
export type { Random } from "./market/random.js";
export type { ContractCall } from "./protocols/call.js";
export type { Protocol, ProtocolDefinition, ProtocolFactory } from "./protocols/protocol.js";
export type { OracleModel, Publication } from "./oracles/oracle.js";
export type { Action, ActionContext } from "./protocols/action.js";
export type { Approval } from "./protocols/preparation.js";
export type { InspectContext } from "./protocols/contexts.js";
export type { Token } from "./protocols/token.js";
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
