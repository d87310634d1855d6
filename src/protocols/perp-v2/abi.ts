import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/perpetual-protocol/perp-curie-contract, contracts/interface: only what is used.

const clearingHouse = [
  "struct OpenPositionParams { address baseToken; bool isBaseToQuote; bool isExactInput; uint256 amount; uint256 oppositeAmountBound; uint256 deadline; uint160 sqrtPriceLimitX96; bytes32 referralCode; }",
  "struct ClosePositionParams { address baseToken; uint160 sqrtPriceLimitX96; uint256 oppositeAmountBound; uint256 deadline; bytes32 referralCode; }",
  "struct AddLiquidityParams { address baseToken; uint256 base; uint256 quote; int24 lowerTick; int24 upperTick; uint256 minBase; uint256 minQuote; bool useTakerBalance; uint256 deadline; }",
  "struct RemoveLiquidityParams { address baseToken; int24 lowerTick; int24 upperTick; uint128 liquidity; uint256 minBase; uint256 minQuote; uint256 deadline; }",
  "struct AddLiquidityResponse { uint256 base; uint256 quote; uint256 fee; uint256 liquidity; }",
  "struct RemoveLiquidityResponse { uint256 base; uint256 quote; uint256 fee; }",
  "function openPosition(OpenPositionParams params) returns (uint256 base, uint256 quote)",
  "function closePosition(ClosePositionParams params) returns (uint256 base, uint256 quote)",
  "function addLiquidity(AddLiquidityParams params) returns (AddLiquidityResponse)",
  "function removeLiquidity(RemoveLiquidityParams params) returns (RemoveLiquidityResponse)",
  "function liquidate(address trader, address baseToken, int256 positionSize)",
  "function cancelAllExcessOrders(address maker, address baseToken)",
  "function getVault() view returns (address)",
  "function getExchange() view returns (address)",
  "function getOrderBook() view returns (address)",
  "function getAccountBalance() view returns (address)",
  "function getInsuranceFund() view returns (address)",
  "function getClearingHouseConfig() view returns (address)",
] as const;
export const clearingHouseAbi: ParseAbi<typeof clearingHouse> = parseAbi(clearingHouse);

const clearingHouseConfig = [
  "function getImRatio() view returns (uint24)",
  "function getMmRatio() view returns (uint24)",
  "function getLiquidationPenaltyRatio() view returns (uint24)",
] as const;
export const clearingHouseConfigAbi: ParseAbi<typeof clearingHouseConfig> = parseAbi(clearingHouseConfig);

const exchange = ["function getMarketRegistry() view returns (address)"] as const;
export const exchangeAbi: ParseAbi<typeof exchange> = parseAbi(exchange);

const marketRegistry = [
  "struct MarketInfo { address pool; uint24 exchangeFeeRatio; uint24 uniswapFeeRatio; uint24 insuranceFundFeeRatio; uint24 maxPriceSpreadRatio; }",
  "function getMarketInfo(address baseToken) view returns (MarketInfo)",
] as const;
export const marketRegistryAbi: ParseAbi<typeof marketRegistry> = parseAbi(marketRegistry);

const vault = [
  "function deposit(address token, uint256 amount)",
  "function withdraw(address token, uint256 amount)",
  "function getSettlementToken() view returns (address)",
  "function getAccountValue(address trader) view returns (int256)",
  "function getFreeCollateral(address trader) view returns (uint256)",
] as const;
export const vaultAbi: ParseAbi<typeof vault> = parseAbi(vault);

const accountBalance = [
  "function getMarkPrice(address baseToken) view returns (uint256)",
  "function getTotalPositionSize(address trader, address baseToken) view returns (int256)",
  "function getTotalOpenNotional(address trader, address baseToken) view returns (int256)",
  "function getTotalAbsPositionValue(address trader) view returns (uint256)",
  "function getPnlAndPendingFee(address trader) view returns (int256 owedRealizedPnl, int256 unrealizedPnl, uint256 pendingFee)",
  "function hasOrder(address trader) view returns (bool)",
] as const;
export const accountBalanceAbi: ParseAbi<typeof accountBalance> = parseAbi(accountBalance);

const orderBook = [
  "struct OpenOrder { uint128 liquidity; int24 lowerTick; int24 upperTick; uint256 lastFeeGrowthInsideX128; int256 lastTwPremiumGrowthInsideX96; int256 lastTwPremiumGrowthBelowX96; int256 lastTwPremiumDivBySqrtPriceGrowthInsideX96; uint256 baseDebt; uint256 quoteDebt; }",
  "function getOpenOrder(address trader, address baseToken, int24 lowerTick, int24 upperTick) view returns (OpenOrder)",
] as const;
export const orderBookAbi: ParseAbi<typeof orderBook> = parseAbi(orderBook);

const baseToken = ["function getIndexPrice(uint256 interval) view returns (uint256)"] as const;
export const baseTokenAbi: ParseAbi<typeof baseToken> = parseAbi(baseToken);

const insuranceFund = ["function getInsuranceFundCapacity() view returns (int256)"] as const;
export const insuranceFundAbi: ParseAbi<typeof insuranceFund> = parseAbi(insuranceFund);

// https://github.com/Uniswap/v3-core, contracts/interfaces/pool
const pool = [
  "function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16 observationIndex, uint16 observationCardinality, uint16 observationCardinalityNext, uint8 feeProtocol, bool unlocked)",
  "function liquidity() view returns (uint128)",
  "function tickSpacing() view returns (int24)",
] as const;
export const poolAbi: ParseAbi<typeof pool> = parseAbi(pool);
