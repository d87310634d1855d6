import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/compound-finance/compound-protocol, contracts/ComptrollerInterface.sol and CTokenInterfaces.sol: only
// what is used, and only what its forks kept.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const comptroller = [
  "function getAllMarkets() view returns (address[])",
  "function oracle() view returns (address)",
  "function closeFactorMantissa() view returns (uint256)",
  "function liquidationIncentiveMantissa() view returns (uint256)",
  // forks append fields
  "function markets(address cToken) view returns (bool isListed, uint256 collateralFactorMantissa)",
  "function getAssetsIn(address account) view returns (address[])",
  "function getAccountLiquidity(address account) view returns (uint256 code, uint256 liquidity, uint256 shortfall)",
  "function enterMarkets(address[] cTokens) returns (uint256[])",
] as const;
export const comptrollerAbi: ParseAbi<typeof comptroller> = parseAbi(comptroller);

const cToken = [
  "function underlying() view returns (address)",
  "function getCash() view returns (uint256)",
  "function totalBorrows() view returns (uint256)",
  "function totalReserves() view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function exchangeRateStored() view returns (uint256)",
  "function borrowRatePerBlock() view returns (uint256)",
  "function reserveFactorMantissa() view returns (uint256)",
  "function protocolSeizeShareMantissa() view returns (uint256)",
  "function getAccountSnapshot(address account) view returns (uint256 code, uint256 cTokens, uint256 borrowBalance, uint256 exchangeRateMantissa)",
  "function accrueInterest() returns (uint256)",
  "function mint(uint256 mintAmount) returns (uint256)",
  "function redeem(uint256 redeemTokens) returns (uint256)",
  "function redeemUnderlying(uint256 redeemAmount) returns (uint256)",
  "function borrow(uint256 borrowAmount) returns (uint256)",
  "function repayBorrow(uint256 repayAmount) returns (uint256)",
  "function liquidateBorrow(address borrower, uint256 repayAmount, address cTokenCollateral) returns (uint256)",
] as const;
export const cTokenAbi: ParseAbi<typeof cToken> = parseAbi(cToken);

const liquidateBorrow = [
  "event LiquidateBorrow(address liquidator, address borrower, uint256 repayAmount, address cTokenCollateral, uint256 seizeTokens)",
] as const;
export const liquidateBorrowAbi: ParseAbi<typeof liquidateBorrow> = parseAbi(liquidateBorrow);

const priceOracle = ["function getUnderlyingPrice(address cToken) view returns (uint256)"] as const;
export const priceOracleAbi: ParseAbi<typeof priceOracle> = parseAbi(priceOracle);

const cTokenEvents = [
  "event Mint(address minter, uint256 mintAmount, uint256 mintTokens)",
  "event Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens)",
  "event Borrow(address borrower, uint256 borrowAmount, uint256 accountBorrows, uint256 totalBorrows)",
  "event RepayBorrow(address payer, address borrower, uint256 repayAmount, uint256 accountBorrows, uint256 totalBorrows)",
] as const;
export const cTokenEventsAbi: ParseAbi<typeof cTokenEvents> = parseAbi(cTokenEvents);
