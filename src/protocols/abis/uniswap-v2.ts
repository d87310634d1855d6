import type { ParseAbi } from "viem";

import { parseAbi } from "viem";

// https://github.com/Uniswap/v2-core and v2-periphery, contracts/interfaces: only what is used.
// Signatures stand apart because declarations are made file by file: an exported type must be written down.

const pair = [
  "function token0() view returns (address)",
  "function token1() view returns (address)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)",
] as const;
export const pairAbi: ParseAbi<typeof pair> = parseAbi(pair);

const router = [
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)",
] as const;
export const routerAbi: ParseAbi<typeof router> = parseAbi(router);
