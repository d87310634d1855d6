export type { ViewOf, ViewValue } from "./account-view.js";
export { agentSolvent } from "./agent-solvent.js";
export type { AgentSolventOptions } from "./agent-solvent.js";
export type { AmountOf } from "./amount-of.js";
export { defineCondition } from "./condition.js";
export { notOnChain } from "./on-chain.js";
export type {
  ChainCall,
  ChainCheck,
  ChainGuard,
  ChainPossibility,
  ChainRedemption,
  ChainShortfall,
  ChainShortfalls,
  ChainStatement,
  ChainWay,
  NotOnChain,
} from "./on-chain.js";
export type {
  ChainContext,
  Condition,
  ConditionDefinition,
  ConditionInspectContext,
  ConditionTarget,
  JudgeContext,
  Purse,
} from "./condition.js";
export { quantity, statement } from "./evidence.js";
export type { Evidence, GivenEvidence, GivenQuantity, Quantity } from "./evidence.js";
export { fairShare } from "./fair-share.js";
export type { FairShareOptions } from "./fair-share.js";
export type { Judgement } from "./failure.js";
export { hedged } from "./hedged.js";
export type { HedgedOptions } from "./hedged.js";
export { invariants } from "./invariants.js";
export { liquidatable } from "./liquidatable.js";
export type { Health } from "./liquidatable-target.js";
export type { LiquidatableOptions } from "./liquidatable.js";
export { liveness } from "./liveness.js";
export type { LivenessOptions } from "./liveness.js";
export { noBadDebt } from "./no-bad-debt.js";
export type { NoBadDebtOptions } from "./no-bad-debt.js";
export { noShortfall } from "./no-shortfall.js";
export type { NoShortfallOptions } from "./no-shortfall.js";
export { oracleWithin } from "./oracle-within.js";
export type { OracleWithinOptions } from "./oracle-within.js";
export { sharePriceHolds } from "./share-price-holds.js";
export type { SharePriceHoldsOptions } from "./share-price-holds.js";
export type { SimulatedArgument, ViewArgument } from "./simulated-call.js";
export { solvent } from "./solvent.js";
export type { SolventOptions } from "./solvent.js";
export { sound } from "./sound.js";
export { undisturbed } from "./undisturbed.js";
export type { UndisturbedOptions } from "./undisturbed.js";
export { nothingToJudge, notJudged } from "./unjudged.js";
export type { Unjudged } from "./unjudged.js";
export { unprofitableToAttack } from "./unprofitable-to-attack.js";
export type { UnprofitableToAttackOptions } from "./unprofitable-to-attack.js";
export type { Wait } from "./wait.js";
export { withdrawable } from "./withdrawable.js";
export type { WithdrawableOptions } from "./withdrawable.js";
export { count, percent, tokens, usd } from "../quantity/amount.js";
export type { Amount, PlainAmount, PlainUnit, TokenAmount, TokenUnit, Unit } from "../quantity/amount.js";
