export { aaveV3 } from "./aave-v3/aave-v3.js";
export type { AaveV3Options } from "./aave-v3/aave-v3.js";
export type { AaveV3Reserve } from "./aave-v3/inspect.js";
export type { LiquidationAmounts } from "./aave-v3/math.js";
export type { AaveV3Account, AaveV3Calls, AaveV3Liquidity, AaveV3View } from "./aave-v3/view.js";
export { call } from "./call.js";
export type { ContractCall } from "./call.js";
export { contract } from "./contract.js";
export type { ContractOptions, PlainContract } from "./contract.js";
export { compoundV2 } from "./compound-v2/compound-v2.js";
export type { CompoundV2Options } from "./compound-v2/compound-v2.js";
export { compoundV2ErrorCode } from "./compound-v2/calls.js";
export type { CompoundV2Calls } from "./compound-v2/calls.js";
export type { CompoundV2Market } from "./compound-v2/inspect.js";
export type { SeizedAmounts } from "./compound-v2/math.js";
export type { CompoundV2Account, CompoundV2MarketState, CompoundV2View } from "./compound-v2/view.js";
export { erc20 } from "./tokens/erc20.js";
export type { Erc20View } from "./tokens/erc20.js";
export { erc4626 } from "./tokens/erc4626.js";
export type { Erc4626View } from "./tokens/erc4626.js";
export { concentratedPool } from "./roles/concentrated-pool.js";
export type { ConcentratedPool, Provision, RangePosition, TokenAmounts } from "./roles/concentrated-pool.js";
export { flashLenders } from "./roles/flash-lender.js";
export type { FlashLender, FlashRequest } from "./roles/flash-lender.js";
export { governance } from "./roles/governance.js";
export type { Governance, GovernanceProposal, GovernanceStep } from "./roles/governance.js";
export { choose, fraction } from "../quantity/share.js";
export { governor } from "./governor/governor.js";
export type { GovernorOptions } from "./governor/governor.js";
export type { GovernorCalls, Support } from "./governor/calls.js";
export { proposalOf } from "./governor/proposals.js";
export type { GovernedCalls, Proposal } from "./governor/proposals.js";
export type { GovernorView, ProposalState, ProposalStatus } from "./governor/view.js";
export { lendingMarket } from "./roles/lending-market.js";
export type {
  Holding,
  HoldingOnChain,
  LendingMarket,
  LendingPosition,
  LiquidationOption,
  Unwrapping,
} from "./roles/lending-market.js";
export type {
  ChainAddend,
  ChainNumber,
  ChainTerm,
  ChainUpdate,
  ChainValueOf,
  MissingOnChain,
  MissingOnChainOf,
} from "./on-chain.js";
export { liquidityPool } from "./roles/liquidity-pool.js";
export type { LiquidityPool } from "./roles/liquidity-pool.js";
export { makerMarket } from "./roles/maker-market.js";
export type { MakerMarket, Quotes } from "./roles/maker-market.js";
export { marginMarket } from "./roles/margin-market.js";
export type { MarginLiquidation, MarginMarket, MarginOrder, MarginPosition, Side } from "./roles/margin-market.js";
export { morphoBlue } from "./morpho-blue/morpho-blue.js";
export type { MorphoBlueOptions } from "./morpho-blue/morpho-blue.js";
export type { MorphoBlueAmount, MorphoBlueCalls, MorphoBlueLiquidationAmount } from "./morpho-blue/calls.js";
export { morphoBlueId } from "./morpho-blue/inspect.js";
export type { MorphoBlueMarketParams } from "./morpho-blue/inspect.js";
export type { LiquidationTerms as MorphoBlueLiquidationTerms, MorphoBlueSide } from "./morpho-blue/math.js";
export type { MorphoBlueAccount, MorphoBlueView } from "./morpho-blue/view.js";
export type { KnownValues } from "./known-values.js";
export type { OpenAmount, OpenCall } from "./open-amount.js";
export { bookMaker } from "./order-book/book-maker.js";
export type { BookSide, MadeBook, NewOrder, RestingOrder } from "./order-book/book-maker.js";
export { bookVenue } from "./order-book/book-venue.js";
export type { TradedBook } from "./order-book/book-venue.js";
export type { BookLevel } from "./order-book/math.js";
export { orderBook } from "./order-book/order-book.js";
export type { OrderBookOptions } from "./order-book/order-book.js";
export type { OrderBookView } from "./order-book/view.js";
export { perpV2 } from "./perp-v2/perp-v2.js";
export type { PerpV2Options } from "./perp-v2/perp-v2.js";
export type { LiquidationState as PerpV2LiquidationState, PoolState as PerpV2PoolState } from "./perp-v2/math.js";
export type { PerpV2Calls } from "./perp-v2/calls.js";
export type { PerpV2Account, PerpV2View } from "./perp-v2/view.js";
export { defineProtocol } from "./protocol.js";
export type { EventLog, LiquidatedIn } from "./liquidation.js";
export type { PlainAbi, Protocol, ProtocolDefinition, ProtocolFactory, ShortfallOf, ValueOf } from "./protocol.js";
export type { Action, ActionContext } from "./action.js";
export type { Approval, Preparation } from "./preparation.js";
export type { InspectContext, ObserveContext } from "./contexts.js";
export type { Token } from "./token.js";
export { priceReader } from "./price-sources/price-reader.js";
export type { PriceReaderOptions, PriceReaderView } from "./price-sources/price-reader.js";
export { priceSource } from "./roles/price-source.js";
export type { PriceOnChain, PriceSource } from "./roles/price-source.js";
export { after, all, attempt, constant, list, map, read, simulate } from "./read-plan.js";
export type { ContractReadParameters, ReadCall, ReadPlan, ReadResult } from "./read-plan.js";
export { spotPrice } from "./price-sources/spot-price.js";
export type { SpotPriceOptions } from "./price-sources/spot-price.js";
export { twap } from "./price-sources/twap.js";
export type { TwapOptions } from "./price-sources/twap.js";
export { defineRole, plays } from "./roles/role.js";
export type { PlayedRole, Role } from "./roles/role.js";
export { shareVault } from "./roles/share-vault.js";
export type { ShareVault } from "./roles/share-vault.js";
export { stakingRewards } from "./staking-rewards/staking-rewards.js";
export type { StakingRewardsCalls, StakingRewardsView } from "./staking-rewards/view.js";
export { uniswapV2 } from "./uniswap-v2/uniswap-v2.js";
export type { UniswapV2Options } from "./uniswap-v2/uniswap-v2.js";
export type { UniswapV2View } from "./uniswap-v2/view.js";
export { uniswapV3 } from "./uniswap-v3/uniswap-v3.js";
export type { UniswapV3Options } from "./uniswap-v3/uniswap-v3.js";
export type { TickRange, UniswapV3Calls } from "./uniswap-v3/calls.js";
export type { UniswapV3Position } from "./uniswap-v3/positions.js";
export type { SwapOutcome } from "./uniswap-v3/swap.js";
export type { UniswapV3View } from "./uniswap-v3/view.js";
export { venue } from "./roles/venue.js";
export type { Venue, VenueSwap } from "./roles/venue.js";

// where they were in 0.1; hardhat-siege/oracles is their place
export { chainlink } from "../oracles/chainlink/chainlink.js";
export { sequencerUptime } from "../oracles/sequencer-uptime.js";
