import type { Address } from "viem";

import type { PinnedChain } from "./pinned-chain.js";

import { mintableAbi, wethAbi } from "./abis.js";
import { ACCOUNTS } from "./accounts.js";
import { aaveArtifact, uniswapArtifact } from "./artifact.js";

export interface Tokens {
  readonly weth: Address;
  readonly usdc: Address;
  readonly link: Address;
}

/**
 * The tokens, and the whale's wealth in them: 20,000 WETH and 50,000,000 USDC.
 *
 * WETH is the WETH9 that Uniswap tests with. USDC and LINK are Aave's mock token, which keeps balances in a plain
 * mapping; unlike the real ones it lets anyone mint, so a test should not give its agents that function.
 */
export async function deployTokens(chain: PinnedChain): Promise<Tokens> {
  const { deployer, whale } = ACCOUNTS;
  const token = aaveArtifact("mocks/tokens/MintableERC20");

  // in this order USDC has the smaller address, as on mainnet, and is the first token of the pair
  const weth = await chain.deploy(deployer, uniswapArtifact("v2-periphery", "WETH9"));
  const usdc = await chain.deploy(deployer, token, ["USD Coin", "USDC", 6]);
  const link = await chain.deploy(deployer, token, ["ChainLink Token", "LINK", 18]);

  await chain.write(whale, { address: weth, abi: wethAbi }, "deposit", [], 20_000n * 10n ** 18n);
  await chain.write(deployer, { address: usdc, abi: mintableAbi }, "mint", [whale, 50_000_000n * 10n ** 6n]);
  return { weth, usdc, link };
}
