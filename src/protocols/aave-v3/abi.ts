import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/aave/aave-v3-core, contracts/interfaces: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const addressesProvider = [
  "function getPool() view returns (address)",
  "function getPriceOracle() view returns (address)",
  "function getPoolDataProvider() view returns (address)",
] as const;
export const addressesProviderAbi: ParseAbi<typeof addressesProvider> = parseAbi(addressesProvider);

const pool = [
  "function FLASHLOAN_PREMIUM_TOTAL() view returns (uint128)",
  "function getReservesList() view returns (address[])",
  "function getReserveAddressById(uint16 id) view returns (address)",
  "function getUserConfiguration(address user) view returns (uint256)",
  "function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)",
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf) returns (uint256)",
  "function liquidationCall(address collateralAsset, address debtAsset, address user, uint256 debtToCover, bool receiveAToken)",
] as const;
export const poolAbi: ParseAbi<typeof pool> = parseAbi(pool);

const liquidationCall = [
  "event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)",
] as const;
export const liquidationCallAbi: ParseAbi<typeof liquidationCall> = parseAbi(liquidationCall);

const dataProvider = [
  "function getReserveConfigurationData(address asset) view returns (uint256 decimals, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus, uint256 reserveFactor, bool usageAsCollateralEnabled, bool borrowingEnabled, bool stableBorrowRateEnabled, bool isActive, bool isFrozen)",
  "function getReserveTokensAddresses(address asset) view returns (address aTokenAddress, address stableDebtTokenAddress, address variableDebtTokenAddress)",
  "function getLiquidationProtocolFee(address asset) view returns (uint256)",
  "function getFlashLoanEnabled(address asset) view returns (bool)",
] as const;
export const dataProviderAbi: ParseAbi<typeof dataProvider> = parseAbi(dataProvider);

const oracle = ["function getAssetPrice(address asset) view returns (uint256)"] as const;
export const oracleAbi: ParseAbi<typeof oracle> = parseAbi(oracle);

// its callback is executeOperation, which has to return true
const flashLoan = [
  "function flashLoanSimple(address receiverAddress, address asset, uint256 amount, bytes params, uint16 referralCode)",
] as const;
export const flashLoanAbi: ParseAbi<typeof flashLoan> = parseAbi(flashLoan);

const poolEvents = [
  "event Supply(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint16 indexed referralCode)",
  "event Withdraw(address indexed reserve, address indexed user, address indexed to, uint256 amount)",
  "event Borrow(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint8 interestRateMode, uint256 borrowRate, uint16 indexed referralCode)",
  "event Repay(address indexed reserve, address indexed user, address indexed repayer, uint256 amount, bool useATokens)",
] as const;
export const poolEventsAbi: ParseAbi<typeof poolEvents> = parseAbi(poolEvents);
