import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/morpho-org/morpho-blue, interfaces/IMorpho.sol and IOracle.sol: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const morphoBlue = [
  "struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function idToMarketParams(bytes32 id) view returns (address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)",
  "function market(bytes32 id) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)",
  "function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)",
  "function accrueInterest(MarketParams marketParams)",
  "function supply(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)",
  "function withdraw(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
  "function supplyCollateral(MarketParams marketParams, uint256 assets, address onBehalf, bytes data)",
  "function withdrawCollateral(MarketParams marketParams, uint256 assets, address onBehalf, address receiver)",
  "function borrow(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
  "function repay(MarketParams marketParams, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)",
  "function liquidate(MarketParams marketParams, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data) returns (uint256 seizedAssets, uint256 repaidAssets)",
] as const;
export const morphoBlueAbi: ParseAbi<typeof morphoBlue> = parseAbi(morphoBlue);

const liquidate = [
  "event Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, uint256 badDebtShares)",
] as const;
export const liquidateAbi: ParseAbi<typeof liquidate> = parseAbi(liquidate);

const morphoOracle = ["function price() view returns (uint256)"] as const;
export const morphoOracleAbi: ParseAbi<typeof morphoOracle> = parseAbi(morphoOracle);

// its callback is onMorphoFlashLoan
const flashLoan = ["function flashLoan(address token, uint256 assets, bytes data)"] as const;
export const flashLoanAbi: ParseAbi<typeof flashLoan> = parseAbi(flashLoan);

const marketEvents = [
  "event Supply(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets, uint256 shares)",
  "event Withdraw(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)",
  "event SupplyCollateral(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets)",
  "event WithdrawCollateral(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets)",
  "event Borrow(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)",
  "event Repay(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets, uint256 shares)",
] as const;
export const marketEventsAbi: ParseAbi<typeof marketEvents> = parseAbi(marketEvents);
