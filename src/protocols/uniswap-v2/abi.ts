import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/Uniswap/v2-core and v2-periphery, contracts/interfaces: only what is used.
// Signatures stand apart because declarations are generated file by file: an exported type must be written out.

const pair = [
  "function token0() view returns (address)",
  "function token1() view returns (address)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address owner) view returns (uint256)",
] as const;
export const pairAbi: ParseAbi<typeof pair> = parseAbi(pair);

const router = [
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)",
  "function addLiquidity(address tokenA, address tokenB, uint256 amountADesired, uint256 amountBDesired, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline) returns (uint256 amountA, uint256 amountB, uint256 liquidity)",
  "function removeLiquidity(address tokenA, address tokenB, uint256 liquidity, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline) returns (uint256 amountA, uint256 amountB)",
] as const;
export const routerAbi: ParseAbi<typeof router> = parseAbi(router);

// its callback is uniswapV2Call
const flashSwap = ["function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes data)"] as const;
export const flashSwapAbi: ParseAbi<typeof flashSwap> = parseAbi(flashSwap);

const pairEvents = [
  "event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)",
  "event Mint(address indexed sender, uint256 amount0, uint256 amount1)",
  "event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)",
  "event Sync(uint112 reserve0, uint112 reserve1)",
] as const;
export const pairEventsAbi: ParseAbi<typeof pairEvents> = parseAbi(pairEvents);
