import { parseAbi } from "viem";

export const erc20Abi = parseAbi([
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function decimals() view returns (uint8)",
  "function symbol() view returns (string)",
]);

export const wethAbi = parseAbi(["function deposit() payable"]);

/** Of Aave's mock token: anyone may call it. */
export const mintableAbi = parseAbi(["function mint(address account, uint256 amount) returns (bool)"]);

export const uniswapV2FactoryAbi = parseAbi(["function getPair(address, address) view returns (address)"]);

export const uniswapV2PairAbi = parseAbi([
  "function token0() view returns (address)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
]);

export const uniswapV2RouterAbi = parseAbi([
  "function addLiquidity(address tokenA, address tokenB, uint256 amountADesired, uint256 amountBDesired, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline) returns (uint256 amountA, uint256 amountB, uint256 liquidity)",
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)",
  "function getAmountOut(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) pure returns (uint256)",
]);

export const fluxAggregatorAbi = parseAbi([
  "function updateAvailableFunds()",
  "function changeOracles(address[] removed, address[] added, address[] addedAdmins, uint32 minSubmissions, uint32 maxSubmissions, uint32 restartDelay)",
  "function submit(uint256 roundId, int256 submission)",
  "function latestRound() view returns (uint256)",
]);

export const aggregatorProxyAbi = parseAbi([
  "function aggregator() view returns (address)",
  "function decimals() view returns (uint8)",
  "function latestAnswer() view returns (int256)",
  "function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)",
]);

export const poolAddressesProviderAbi = parseAbi([
  "function setACLAdmin(address)",
  "function setACLManager(address)",
  "function setPoolImpl(address)",
  "function setPoolConfiguratorImpl(address)",
  "function setPriceOracle(address)",
  "function setPoolDataProvider(address)",
  "function getPool() view returns (address)",
  "function getPoolConfigurator() view returns (address)",
]);

export const aclManagerAbi = parseAbi(["function addPoolAdmin(address)"]);

export const poolConfiguratorAbi = parseAbi([
  "struct InitReserveInput { address aTokenImpl; address stableDebtTokenImpl; address variableDebtTokenImpl; uint8 underlyingAssetDecimals; address interestRateStrategyAddress; address underlyingAsset; address treasury; address incentivesController; string aTokenName; string aTokenSymbol; string variableDebtTokenName; string variableDebtTokenSymbol; string stableDebtTokenName; string stableDebtTokenSymbol; bytes params; }",
  "function initReserves(InitReserveInput[] input)",
  "function configureReserveAsCollateral(address asset, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus)",
  "function setReserveBorrowing(address asset, bool enabled)",
  "function setReserveFlashLoaning(address asset, bool enabled)",
  "function setReserveFactor(address asset, uint256 factor)",
  "function setLiquidationProtocolFee(address asset, uint256 fee)",
  "function updateFlashloanPremiumTotal(uint128 premium)",
]);

export const poolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function liquidationCall(address collateralAsset, address debtAsset, address user, uint256 debtToCover, bool receiveAToken)",
  "function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)",
]);

export const aaveDataProviderAbi = parseAbi([
  "function getReserveTokensAddresses(address asset) view returns (address aToken, address stableDebtToken, address variableDebtToken)",
  "function getReserveConfigurationData(address asset) view returns (uint256 decimals, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus, uint256 reserveFactor, bool usageAsCollateralEnabled, bool borrowingEnabled, bool stableBorrowRateEnabled, bool isActive, bool isFrozen)",
]);

export const aaveOracleAbi = parseAbi(["function getAssetPrice(address asset) view returns (uint256)"]);
