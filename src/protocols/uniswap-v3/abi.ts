import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/Uniswap/v3-core and v3-periphery, contracts/interfaces: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const pool = [
  "function factory() view returns (address)",
  "function token0() view returns (address)",
  "function token1() view returns (address)",
  "function fee() view returns (uint24)",
  "function tickSpacing() view returns (int24)",
  "function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16 observationIndex, uint16 observationCardinality, uint16 observationCardinalityNext, uint8 feeProtocol, bool unlocked)",
  "function liquidity() view returns (uint128)",
  "function tickBitmap(int16 wordPosition) view returns (uint256)",
  "function observe(uint32[] secondsAgos) view returns (int56[] tickCumulatives, uint160[] secondsPerLiquidityCumulativeX128s)",
] as const;
export const poolAbi: ParseAbi<typeof pool> = parseAbi(pool);

/** contracts/UniswapV3Reader.sol */
const reader = [
  "function ticks(address pool, int24 tickSpacing, int16 first, int16 last) view returns ((int24 tick, int128 liquidityNet)[] found)",
  "function positions(address manager, (address pool, address token0, address token1, uint24 fee) key, address[] owners, uint256 most) view returns ((address owner, uint256 tokenId, int24 tickLower, int24 tickUpper, uint128 liquidity, uint256 owed0, uint256 owed1)[] found)",
] as const;
export const readerAbi: ParseAbi<typeof reader> = parseAbi(reader);

const router = [
  "function factory() view returns (address)",
  "function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params) payable returns (uint256 amountOut)",
] as const;
export const routerAbi: ParseAbi<typeof router> = parseAbi(router);

const positionManager = [
  "function factory() view returns (address)",
  "function mint((address token0, address token1, uint24 fee, int24 tickLower, int24 tickUpper, uint256 amount0Desired, uint256 amount1Desired, uint256 amount0Min, uint256 amount1Min, address recipient, uint256 deadline) params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function increaseLiquidity((uint256 tokenId, uint256 amount0Desired, uint256 amount1Desired, uint256 amount0Min, uint256 amount1Min, uint256 deadline) params) payable returns (uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function decreaseLiquidity((uint256 tokenId, uint128 liquidity, uint256 amount0Min, uint256 amount1Min, uint256 deadline) params) payable returns (uint256 amount0, uint256 amount1)",
  "function collect((uint256 tokenId, address recipient, uint128 amount0Max, uint128 amount1Max) params) payable returns (uint256 amount0, uint256 amount1)",
  "function burn(uint256 tokenId) payable",
] as const;
export const positionManagerAbi: ParseAbi<typeof positionManager> = parseAbi(positionManager);

// its callback is uniswapV3FlashCallback
const flash = ["function flash(address recipient, uint256 amount0, uint256 amount1, bytes data)"] as const;
export const flashAbi: ParseAbi<typeof flash> = parseAbi(flash);

const poolEvents = [
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
] as const;
export const poolEventsAbi: ParseAbi<typeof poolEvents> = parseAbi(poolEvents);
