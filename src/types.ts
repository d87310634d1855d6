export type { ActContext, Agent, FreeMoves, Intent } from "./agents/agent.js";
export type { Favour } from "./view/favour.js";
export type { View } from "./view/view.js";
export type { Condition, ConditionDefinition, ConditionTarget, JudgeContext } from "./conditions/condition.js";
export type { ChainStatement } from "./conditions/on-chain.js";
export type { Judgement } from "./conditions/failure.js";
export type { Evidence, GivenEvidence, GivenQuantity, Quantity } from "./conditions/evidence.js";
export type { Amount, PlainAmount, PlainUnit, TokenAmount, TokenUnit, Unit } from "./quantity/amount.js";
export type { NumberQuote, Quote, QuotedUnit } from "./quantity/quote.js";
export type { SiegeConfig, SiegeUserConfig } from "./plugin/config.js";
export type {
  CampaignResult,
  IncompleteResult,
  Interruption,
  InconclusiveResult,
  SurvivedResult,
  ViolationResult,
} from "./engine/campaign/campaign-result.js";
export type { NotCounted } from "./engine/outsider/answers.js";
export type { Decision } from "./engine/outsider/decision.js";
export type { CallOutcome, Disagreement } from "./engine/search/agreement.js";
export type { FundingNote } from "./engine/world/funding/funding-note.js";
export type { ParameterValue } from "./engine/world/parameters/parameter-value.js";
export type { CampaignCost, Explored, ExplainingCost } from "./engine/search/spent.js";
export type { Certificate, DeletionProof, Threshold } from "./engine/minimise/certificate.js";
export type {
  BuilderData,
  CallData,
  GasData,
  MarketData,
  OracleData,
  OwnData,
  StepData,
  StepDescription,
} from "./engine/events/step-description.js";
export type { ArgumentData, InnerCallData, InsideData, LoanData, NamedAddress } from "./engine/events/call-data.js";
export type { EffectData, ReceivedAmount, TokenChange } from "./engine/events/effect-data.js";
export type { ValueData } from "./engine/events/own-event.js";
export type {
  Activity,
  CallActivity,
  ConditionActivity,
  FeedActivity,
  ReachedRange,
  RevertCount,
} from "./engine/activity/activity.js";
export type { Doubt } from "./engine/activity/doubts.js";
export type { Untold } from "./engine/world/untold.js";
export type { CampaignOptions } from "./engine/campaign/options.js";
export type { CampaignProgress, SearchProgress } from "./engine/campaign/progress.js";
export type { Finding } from "./engine/campaign/finding.js";
export type { Replayed, SkippedReproduction } from "./engine/campaign/replayed.js";
export type { Unsaved } from "./engine/campaign/unsaved.js";
export type { FindingRecord, Worst } from "./engine/reproduction/finding-record.js";
export type { OnChain } from "./engine/reproduction/on-chain.js";
export type { Reproduction } from "./engine/reproduction/reproduction.js";
export type { Cascade, CascadeEdge, CascadeNode } from "./engine/explain/cascade.js";
export type {
  Frame,
  Series,
  SeriesKind,
  Timeline,
  ToldCall,
  ToldTransfer,
} from "./engine/explain/timeline/timeline.js";
export type { CodePoint } from "./engine/explain/code-point.js";
export type { Loss } from "./engine/explain/losses.js";
export type {
  BuilderGene,
  GasGene,
  Genome,
  MarketGene,
  MoveGene,
  OracleGene,
  OwnGene,
} from "./engine/events/genome.js";
export type { DiffOptions } from "./engine/diff/diff-options.js";
export type {
  DiffEnd,
  DiffMargin,
  DiffOutcomes,
  DiffResult,
  DiffRun,
  DiffSide,
  Divergence,
} from "./engine/diff/diff-result.js";
export type { Fault } from "./engine/run/fault.js";
export type { Outcome, Verdict, Violation } from "./engine/run/outcome.js";
export type { SkippedFunction } from "./target/actions.js";
export type { Implementation, ProxyKind, ProxySource, RecoveredFunctions, TargetSource } from "./target/source.js";
export type { ResolvedTarget, Target } from "./target/target.js";
export type {
  BuilderStep,
  CallStep,
  GasStep,
  InnerCall,
  MarketStep,
  OracleStep,
  OwnStep,
  Trace,
  TraceStep,
} from "./engine/events/trace.js";
export type { Axis } from "./risk/map/axis.js";
export type { MapOptions } from "./risk/map/map-options.js";
export type { FrontierMap, MapOutcome, SiegeMap, ThresholdMap } from "./risk/map/map-result.js";
export type { MapPoint, PointViolation } from "./risk/map/point.js";
export type { ThresholdEdge } from "./risk/map/threshold.js";
export type { Amplification } from "./risk/contagion/amplification.js";
export type { ContagionOptions, Fragmentation } from "./risk/contagion/contagion-options.js";
export type { ContagionEdge, ContagionResult, ContagionShock } from "./risk/contagion/contagion-result.js";
export type { Exposure, UnshockedLoss } from "./risk/contagion/exposures.js";
export type { FailureOrder, FailureSequence } from "./risk/contagion/failure-order.js";
export type { FragmentationLoss } from "./risk/contagion/fragmentation.js";
export type { Bumped } from "./risk/greeks/bump.js";
export type { GreeksOptions, GreeksOutput } from "./risk/greeks/greeks-options.js";
export type { GreeksResult, MeanEstimate, ProtocolGreek } from "./risk/greeks/greeks-result.js";
export type { MorrisEffect } from "./risk/sensitivity/morris.js";
export type { SensitivityOutput } from "./risk/sensitivity/output.js";
export type { SobolIndex } from "./risk/sensitivity/saltelli.js";
export type { SensitivityOptions } from "./risk/sensitivity/sensitivity-options.js";
export type {
  MorrisResult,
  SensitivityPoint,
  SensitivityResult,
  SobolResult,
} from "./risk/sensitivity/sensitivity-result.js";
export type { ProposalOptions } from "./risk/proposal/proposal-options.js";
export type {
  ChangedPart,
  ProposalAction,
  ProposalFinding,
  ProposalOrder,
  ProposalResult,
  ProposalRuin,
  ProposalVote,
  RuinDifference,
  StorageChange,
  VoteStep,
} from "./risk/proposal/proposal-result.js";
export type { Policy, PolicyTables } from "./training/adversary/policy.js";
export type { Lesson, TrainOptions } from "./training/adversary/train-options.js";
export type { TrainingCampaign, TrainResult } from "./training/adversary/train-result.js";
export type { ProposalsResult, RefusedProposals } from "./engine/proposing/proposed-source.js";
export type { BankruptOptions } from "./training/bankruptcy/bankrupt-options.js";
export type {
  Allowance,
  Attack,
  BankruptCampaign,
  BankruptResult,
  Costliest,
} from "./training/bankruptcy/bankrupt-result.js";
export type { RuinLimit, TuneOptions } from "./training/tuning/tune-options.js";
export type {
  JudgedRuin,
  NearestFailure,
  ParameterChange,
  TuneAttack,
  TuneCandidate,
  TunePoint,
  TuneResult,
} from "./training/tuning/tune-result.js";
export type { Objective, ObjectiveContext } from "./scenario/parameters/objective.js";
export type { ErrorPolicy, SiegeErrorCode } from "./errors.js";
export type { OracleFault, OracleFaultKind } from "./oracles/faults.js";
export type { Process, ProcessContext } from "./market/processes/process.js";
export type { Random } from "./market/random.js";
export type { ContractCall } from "./protocols/call.js";
export type { Protocol, ProtocolDefinition, ProtocolFactory } from "./protocols/protocol.js";
export type { Oracle, OracleDefinition, OracleFactory, OracleModel, Publication } from "./oracles/oracle.js";
export type { PlayedRole, Role } from "./protocols/roles/role.js";
export type { Action, ActionContext, Extent, Subject, WrittenArguments } from "./protocols/action.js";
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
export type { HarmOf } from "./engine/run/harm.js";
export type { ChainScore, ScoreContext } from "./risk/rare/chain-branches.js";
export type { RareRuinOptions } from "./risk/rare/rare-ruin-options.js";
export type { RareRuinedPath, RareRuinResult } from "./risk/rare/rare-ruin.js";
export type { AssetTilt, RareOptions } from "./risk/rare/rare-options.js";
export type { RareReport } from "./risk/rare/tilted-paths.js";
export type { RuinOptions, StopWhen } from "./risk/ruin/ruin-options.js";
export type {
  EstimatedRuin,
  IncompleteRuin,
  PathProbability,
  RuinByCondition,
  RuinCost,
  RuinResult,
} from "./risk/ruin/ruin-result.js";
export type { LiquidatedReport, LossAtRisk, LossReport } from "./risk/ruin/losses.js";
export type { PathViolation, RuinedPath } from "./risk/ruin/path-end.js";
export type { Randomness } from "./risk/ruin/randomness.js";
export type { PriceFan } from "./risk/ruin/price-fan.js";
export type { TimeToRuin } from "./risk/ruin/time-to-ruin.js";
export type {
  BootstrapInterval,
  Estimate,
  Interval,
  IntervalMethod,
  ProbabilityInterval,
} from "./risk/intervals/interval.js";
export type { RuinAssertionOptions } from "./matchers/to-have-ruin-probability-below.js";
export type { SignedOrder } from "./engine/fork-snapshot/fork-snapshot.js";
export type { DiffAgainst, ForkedSnapshot, Siege } from "./siege.js";
export type { IntervalData, IntervalGene, IntervalStep } from "./engine/events/interval.js";
export type { PauseData, PauseGene, PauseStep } from "./engine/events/pause.js";
export type { RoundData, RoundDescription } from "./engine/explain/placed-rounds.js";
export type { Hermetic } from "./engine/reproduction/reproduction.js";
export type { Inside } from "./engine/run/free-move.js";
export type { SiegeError } from "./errors.js";
export type { Correlation } from "./market/correlation.js";
export type { FlowEnd, Interference } from "./order-flow/interference.js";
export type { AnyAbi } from "./target/abi.js";
export type { KnownCode } from "./target/known-code.js";
export type { ActionResult, PendingCall } from "./view/view.js";
