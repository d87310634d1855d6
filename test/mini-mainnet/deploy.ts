import type { MiniMainnetAddresses } from "./address-book.js";
import type { ChainlinkArtifacts } from "./chainlink-artifacts.js";
import type { PinnedChain } from "./pinned-chain.js";

import { ACCOUNTS } from "./accounts.js";
import { deployAaveV3 } from "./deploy-aave-v3.js";
import { deployChainlink } from "./deploy-chainlink.js";
import { deployTokens } from "./deploy-tokens.js";
import { deployUniswapV2 } from "./deploy-uniswap-v2.js";
import { openPositions } from "./open-positions.js";

/** Deploys everything on a fresh chain. The order of the transactions decides the addresses. */
export async function deployMiniMainnet(
  chain: PinnedChain,
  chainlinkArtifacts: ChainlinkArtifacts,
): Promise<MiniMainnetAddresses> {
  const tokens = await deployTokens(chain);
  const uniswapV2 = await deployUniswapV2(chain, tokens);
  const chainlink = await deployChainlink(chain, tokens.link, chainlinkArtifacts);
  const aaveV3 = await deployAaveV3(chain, tokens, chainlink);
  await openPositions(chain, tokens, aaveV3);
  const { weth, usdc } = tokens;
  return { weth, usdc, uniswapV2, aaveV3, chainlink, users: ACCOUNTS };
}
