import { parseAbi } from "viem";

import { REFUSALS } from "./refusing-code.js";

/** The functions of a Compound v2 market of an ERC-20 token, as forks have kept them. */
export const cErc20Abi = parseAbi([
  ...REFUSALS,
  "event Failure(uint256, uint256, uint256)",
  "function mint(uint256 mintAmount) returns (uint256)",
  "function redeem(uint256 redeemTokens) returns (uint256)",
  "function redeemUnderlying(uint256 redeemAmount) returns (uint256)",
  "function borrow(uint256 borrowAmount) returns (uint256)",
  "function repayBorrow(uint256 repayAmount) returns (uint256)",
  "function repayBorrowBehalf(address borrower, uint256 repayAmount) returns (uint256)",
  "function liquidateBorrow(address borrower, uint256 repayAmount, address cTokenCollateral) returns (uint256)",
  "function transfer(address dst, uint256 amount) returns (bool)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function accrueInterest() returns (uint256)",
  "function getCash() view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function totalBorrows() view returns (uint256)",
  "function exchangeRateStored() view returns (uint256)",
  "function underlying() view returns (address)",
  "function comptroller() view returns (address)",
  "function balanceOf(address owner) view returns (uint256)",
  "function borrowBalanceStored(address account) view returns (uint256)",
]);

/** The same of a market of the native coin. */
export const cEtherAbi = parseAbi([
  ...REFUSALS,
  "event Failure(uint256, uint256, uint256)",
  "function mint() payable",
  "function redeem(uint256 redeemTokens) returns (uint256)",
  "function redeemUnderlying(uint256 redeemAmount) returns (uint256)",
  "function borrow(uint256 borrowAmount) returns (uint256)",
  "function repayBorrow() payable",
  "function repayBorrowBehalf(address borrower) payable",
  "function liquidateBorrow(address borrower, address cTokenCollateral) payable",
  "function transfer(address dst, uint256 amount) returns (bool)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function accrueInterest() returns (uint256)",
  "function getCash() view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function totalBorrows() view returns (uint256)",
  "function exchangeRateStored() view returns (uint256)",
  "function comptroller() view returns (address)",
  "function balanceOf(address owner) view returns (uint256)",
  "function borrowBalanceStored(address account) view returns (uint256)",
]);

export const comptrollerAbi = parseAbi([
  ...REFUSALS,
  "event Failure(uint256, uint256, uint256)",
  "function enterMarkets(address[] cTokens) returns (uint256[])",
  "function exitMarket(address cToken) returns (uint256)",
  "function oracle() view returns (address)",
  "function getAllMarkets() view returns (address[])",
  "function getAssetsIn(address account) view returns (address[])",
  "function getAccountLiquidity(address account) view returns (uint256, uint256, uint256)",
  "function closeFactorMantissa() view returns (uint256)",
  "function liquidationIncentiveMantissa() view returns (uint256)",
]);

/** Rikkei's prices. */
export const simplePriceOracleAbi = parseAbi([
  ...REFUSALS,
  "function setOracleData(address rToken, address oracle)",
  "function oracleData(address rToken) view returns (address)",
  "function getUnderlyingPrice(address rToken) view returns (uint256)",
]);

/** Earning Farm's leveraged vault. */
export const leverVaultAbi = parseAbi([
  ...REFUSALS,
  "function deposit(uint256 _amount) payable",
  "function withdraw(uint256 _amount)",
  "function receiveFlashLoan(address[] tokens, uint256[] amounts, uint256[] feeAmounts, bytes userData) payable",
  "function pause()",
  "function reduceActualLTV()",
  "function raiseActualLTV(uint256 lt)",
  "function changeMaxLoanRate(uint256 _new)",
  "function transferOwnership(address newOwner)",
  "function getVirtualPrice() view returns (uint256)",
  "function getVolume() view returns (uint256)",
  "function getDebt() view returns (uint256)",
  "function getCollecteral() view returns (uint256)",
  "function ef_token() view returns (address)",
  "function weth() view returns (address)",
  "function owner() view returns (address)",
  "function is_paused() view returns (bool)",
]);

export const balancerVaultAbi = parseAbi([
  ...REFUSALS,
  "function flashLoan(address recipient, address[] tokens, uint256[] amounts, bytes userData)",
]);

export const uniswapV2RouterAbi = parseAbi([
  ...REFUSALS,
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[])",
  "function swapExactTokensForETH(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[])",
  "function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable returns (uint256[])",
]);

/** The registry in which AMP looks up whom it tells of a transfer. */
export const erc1820Abi = parseAbi([
  "function setInterfaceImplementer(address account, bytes32 interfaceHash, address implementer)",
  "function setManager(address account, address newManager)",
]);
