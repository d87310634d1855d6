import type { AddressBook } from "./address-book.js";
import type { Tokens } from "./deploy-tokens.js";
import type { PinnedChain } from "./pinned-chain.js";

import { erc20Abi, uniswapV2FactoryAbi, uniswapV2RouterAbi } from "./abis.js";
import { ACCOUNTS } from "./accounts.js";
import { uniswapArtifact } from "./artifact.js";

const USDC = 2_000_000n * 10n ** 6n;
const WETH = 1_000n * 10n ** 18n;
const NEVER = 2n ** 256n - 1n;

/** Uniswap V2, and a pair to which the whale gives 2,000,000 USDC and 1,000 WETH. */
export async function deployUniswapV2(
  chain: PinnedChain,
  { weth, usdc }: Pick<Tokens, "weth" | "usdc">,
): Promise<AddressBook["uniswapV2"]> {
  const { deployer, whale } = ACCOUNTS;
  const factory = await chain.deploy(deployer, uniswapArtifact("v2-core", "UniswapV2Factory"), [deployer]);
  const router = await chain.deploy(deployer, uniswapArtifact("v2-periphery", "UniswapV2Router02"), [factory, weth]);

  await chain.write(whale, { address: usdc, abi: erc20Abi }, "approve", [router, USDC]);
  await chain.write(whale, { address: weth, abi: erc20Abi }, "approve", [router, WETH]);
  // the first liquidity creates the pair
  const liquidity = [usdc, weth, USDC, WETH, USDC, WETH, whale, NEVER] as const;
  await chain.write(whale, { address: router, abi: uniswapV2RouterAbi }, "addLiquidity", liquidity);

  const usdcWeth = await chain.read({ address: factory, abi: uniswapV2FactoryAbi }, "getPair", [usdc, weth]);
  return { factory, router, usdcWeth };
}
