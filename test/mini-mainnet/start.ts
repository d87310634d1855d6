import type { EthereumProvider } from "hardhat/types/providers";
import type { Hex } from "viem";

import type { MiniMainnetAddresses } from "./address-book.js";

import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { GENESIS_ACCOUNTS } from "./accounts.js";
import { MINI_MAINNET } from "./address-book.js";
import { CACHE } from "./cache.js";
import { CHAIN_ID, chainDescriptors, HARDFORK } from "./chain-id.js";
import { chainlinkArtifacts } from "./chainlink-artifacts.js";
import { deployMiniMainnet } from "./deploy.js";
import { PinnedChain } from "./pinned-chain.js";
import { serve } from "./rpc-server.js";

/** A running mini mainnet. */
export interface MiniMainnet {
  /** Its JSON-RPC endpoint, on loopback. */
  readonly url: string;
  readonly chainId: number;
  /** The block to fork from: the last one of the deployment, with enough empty ones on top. */
  readonly blockNumber: number;
  /** That block's hash, which changes with anything that is on the chain. */
  readonly blockHash: Hex;
  readonly addresses: MiniMainnetAddresses;
  close(): Promise<void>;
}

/** More blocks on top than any chain needs for finality (EDR asks for 128), and the seconds between them. */
const CONFIRMATIONS = "0x100";
const BLOCK_INTERVAL = "0xc";

/** In the past, so that it is never ahead of a fork's clock. */
const GENESIS = new Date("2025-01-01T00:00:00Z");

/**
 * Deploys Uniswap V2, Aave V3 and Chainlink feeds, from the bytecode that their teams published, on a chain in this
 * process, and serves it over JSON-RPC on loopback. Two starts give the same chain, to the last storage slot.
 *
 * @param options.port where to listen; a free port if left out
 */
export async function startMiniMainnet(options: { readonly port?: number } = {}): Promise<MiniMainnet> {
  const artifacts = chainlinkArtifacts();
  const provider = await createProvider();
  const chain = new PinnedChain(provider);

  const addresses = await deployMiniMainnet(chain, await artifacts);
  if (!isDeepStrictEqual(addresses, MINI_MAINNET)) {
    throw new Error(`The mini mainnet is not as in address-book.ts:\n${JSON.stringify(addresses, undefined, 2)}`);
  }

  const { number, hash } = await chain.latest();
  // EDR caches a remote block only if it is too old to be reorganised
  await provider.request({ method: "hardhat_mine", params: [CONFIRMATIONS, BLOCK_INTERVAL] });
  const server = await serve(provider, options.port);
  return {
    url: server.url,
    chainId: CHAIN_ID,
    blockNumber: Number(number),
    blockHash: hash,
    addresses,
    close: async () => {
      await server.close();
      await provider.close();
    },
  };
}

/** A chain with nothing but the genesis accounts. */
async function createProvider(): Promise<EthereumProvider> {
  const hre = await createHardhatRuntimeEnvironment({
    chainDescriptors,
    paths: { cache: CACHE, artifacts: path.join(CACHE, "artifacts") },
    networks: {
      miniMainnet: {
        type: "edr-simulated",
        chainType: "l1",
        chainId: CHAIN_ID,
        hardfork: HARDFORK,
        initialDate: GENESIS,
        accounts: GENESIS_ACCOUNTS,
      },
    },
  });
  const { provider } = await hre.network.create("miniMainnet");
  return provider;
}
