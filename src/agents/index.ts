export { addressOf } from "./address-of.js";
export { defineAgent } from "./agent.js";
export { defineProposer } from "./proposer.js";
export type {
  ProposedSequence,
  ProposedStep,
  Proposer,
  ProposerAction,
  ProposerBrief,
  ProposerDefinition,
  ProposerMoment,
  ProposerOutcome,
  ProposerParameter,
  ProposerPlayed,
  ProposerRun,
} from "./proposer.js";
export type { ActContext, Agent, FreeMoves, Intent } from "./agent.js";
export type { View } from "../view/view.js";
export { arbitrageur } from "./arbitrageur.js";
export type { ArbitrageurOptions } from "./arbitrageur.js";
export { attacker } from "./attacker.js";
export type { AttackerOptions } from "./attacker.js";
export { backgroundFrom } from "./background-from.js";
export type { BackgroundLenders, BackgroundOptions } from "./background-from.js";
export { borrower } from "./borrower.js";
export type { BorrowerOptions } from "./borrower.js";
export { deltaHedger } from "./delta-hedger.js";
export type { DeltaHedgerOptions } from "./delta-hedger.js";
export type { OptionPosition } from "../market/options/option-position.js";
export { depositor } from "./depositor.js";
export type { DepositorOptions } from "./depositor.js";
export { governanceAttacker } from "./governance-attacker.js";
export type { GovernanceAttackerOptions } from "./governance-attacker.js";
export { griefer } from "./griefer.js";
export type { GrieferOptions, Spam } from "./griefer.js";
export { jitProvider } from "./jit-provider.js";
export type { JitProviderOptions } from "./jit-provider.js";
export { liquidator } from "./liquidator.js";
export type { LiquidatorOptions } from "./liquidator.js";
export { liquidators } from "./liquidators.js";
export type { LiquidatorsOptions } from "./liquidators.js";
export { flashLoanAttacker } from "./flash-loan-attacker.js";
export type { FlashLoanAttackerOptions } from "./flash-loan-attacker.js";
export { liquidityCrowd } from "./liquidity-crowd.js";
export type { LiquidityCrowdOptions } from "./liquidity-crowd.js";
export { liquidityProvider } from "./liquidity-provider.js";
export type { LiquidityProviderOptions } from "./liquidity-provider.js";
export { marginArbitrageur } from "./margin-arbitrageur.js";
export type { MarginArbitrageurOptions } from "./margin-arbitrageur.js";
export { marginLiquidator } from "./margin-liquidator.js";
export type { MarginLiquidatorOptions } from "./margin-liquidator.js";
export { marginTrader } from "./margin-trader.js";
export type { MarginTraderOptions } from "./margin-trader.js";
export { marketMaker } from "./market-maker.js";
export type { MarketMakerOptions } from "./market-maker.js";
export { noiseTrader } from "./noise-trader.js";
export type { NoiseTraderOptions } from "./noise-trader.js";
export { oracleManipulator } from "./oracle-manipulator.js";
export type { OracleManipulatorOptions } from "./oracle-manipulator.js";
export { panicSeller } from "./panic-seller.js";
export type { PanicSellerOptions } from "./panic-seller.js";
export { retail } from "./retail.js";
export type { RetailOptions } from "./retail.js";
export { searcher } from "./searcher.js";
export type { PendingSwap } from "./mev/searched.js";
export type { SearcherOptions, SearcherStrategy } from "./searcher.js";
export { trendFollower } from "./trend-follower.js";
export type { TrendFollowerOptions } from "./trend-follower.js";
export type { WatchedPrice } from "../view/watched-price.js";
export { user } from "./user.js";
export type { UserOptions } from "./user.js";
export { whale } from "./whale.js";
export type { WhaleOptions } from "./whale.js";
