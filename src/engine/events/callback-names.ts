import type { Hex } from "viem";

import { toFunctionSelector } from "viem";

/** The functions by which tokens, lenders and pools call an account back, with their arguments. */
const CALLBACKS = [
  // ERC-777, ERC-721, ERC-1155, ERC-1363
  "tokensReceived(address,address,address,uint256,bytes,bytes)",
  "tokensToSend(address,address,address,uint256,bytes,bytes)",
  "onERC721Received(address,address,uint256,bytes)",
  "onERC1155Received(address,address,uint256,uint256,bytes)",
  "onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)",
  "onTransferReceived(address,address,uint256,bytes)",
  // ERC-677
  "onTokenTransfer(address,uint256,bytes)",
  // ERC-3156, Aave, Balancer, Morpho
  "onFlashLoan(address,address,uint256,uint256,bytes)",
  "executeOperation(address[],uint256[],uint256[],address,bytes)",
  "executeOperation(address,uint256,uint256,address,bytes)",
  "receiveFlashLoan(address[],uint256[],uint256[],bytes)",
  "onMorphoFlashLoan(uint256,bytes)",
  // Uniswap and its forks
  "uniswapV2Call(address,uint256,uint256,bytes)",
  "pancakeCall(address,uint256,uint256,bytes)",
  "uniswapV3SwapCallback(int256,int256,bytes)",
  "uniswapV3MintCallback(uint256,uint256,bytes)",
  "uniswapV3FlashCallback(uint256,uint256,bytes)",
];

const names = new Map<Hex, string>([
  ["0x00000000", "receive()"],
  ...CALLBACKS.map((signature) => [toFunctionSelector(signature), `${signature.split("(")[0] ?? ""}()`] as const),
]);

/** `receive()`, `onFlashLoan()`; of a protocol's own callbacks, the selector. */
export function nameOfCallback(selector: Hex): string {
  return names.get(selector) ?? selector;
}
