export { aaveV3 } from "./aave-v3.js";
export type { AaveV3Options } from "./aave-v3.js";
export type { AaveV3Reserve } from "./aave-v3-inspect.js";
export type { LiquidationAmounts } from "./aave-v3-math.js";
export type { AaveV3Account, AaveV3Calls, AaveV3View } from "./aave-v3-view.js";
export { call } from "./call.js";
export type { ContractCall } from "./call.js";
export { chainlink } from "./chainlink.js";
export type { ChainlinkOptions, ChainlinkView } from "./chainlink.js";
export { erc20 } from "./erc20.js";
export type { Erc20View } from "./erc20.js";
export { erc4626 } from "./erc4626.js";
export type { Erc4626View } from "./erc4626.js";
export type { FlashCallback, FlashLender } from "./flash-lender.js";
export { choose, fraction } from "./fractions.js";
export { governor } from "./governor.js";
export type { GovernorOptions } from "./governor.js";
export type { GovernorCalls, Support } from "./governor-calls.js";
export { proposalOf } from "./governor-proposals.js";
export type { GovernedCalls, Proposal } from "./governor-proposals.js";
export type { GovernanceStep, GovernorView, ProposalState, ProposalStatus } from "./governor-view.js";
export type { Holding, LendingMarket, LendingPosition, LiquidationOption } from "./lending-market.js";
export { morphoBlue } from "./morpho-blue.js";
export type { MorphoBlueOptions } from "./morpho-blue.js";
export type { MorphoBlueAmount, MorphoBlueCalls, MorphoBlueLiquidationAmount } from "./morpho-blue-calls.js";
export { morphoBlueId } from "./morpho-blue-inspect.js";
export type { MorphoBlueMarketParams } from "./morpho-blue-inspect.js";
export type { LiquidationTerms as MorphoBlueLiquidationTerms, MorphoBlueSide } from "./morpho-blue-math.js";
export type { MorphoBlueAccount, MorphoBlueView } from "./morpho-blue-view.js";
export { defineProtocol } from "./protocol.js";
export type {
  Action,
  ActionContext,
  Approval,
  InspectContext,
  ObserveContext,
  OracleModel,
  Preparation,
  Protocol,
  ProtocolDefinition,
  ProtocolFactory,
  Publication,
  ShortfallOf,
  Token,
  ValueOf,
} from "./protocol.js";
export { all, attempt, constant, list, map, read, simulate } from "./read-plan.js";
export type { ReadCall, ReadPlan, ReadResult } from "./read-plan.js";
export { stakingRewards } from "./staking-rewards.js";
export type { StakingRewardsCalls, StakingRewardsView } from "./staking-rewards-view.js";
export { uniswapV2 } from "./uniswap-v2.js";
export type { UniswapV2Options, UniswapV2View } from "./uniswap-v2.js";
export type { Venue, VenueSwap } from "./venue.js";
