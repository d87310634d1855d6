import type { EdrNetworkUserConfig, HardhatUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { HardhatPlugin } from "hardhat/types/plugins";
import type { Address } from "viem";

import type { ForkSource } from "./fork-source.js";
import type { Deployable } from "./pinned-chain.js";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { chainDescriptors, HARDFORK } from "./chain-id.js";
import { forkSource } from "./fork-source.js";
import { PinnedChain } from "./pinned-chain.js";

export interface ForkOptions<Source extends ForkSource> {
  /** The chain to fork; mainnet or the mini mainnet if left out, as `forkSource` decides. It stays the caller's to close. */
  readonly source?: Source;
  readonly plugins?: HardhatPlugin[];
  /** More of the Hardhat config: sections of plugins, compilers. */
  readonly config?: Omit<HardhatUserConfig, "plugins" | "networks">;
  /** More of the network's config: mining, gas limits. */
  readonly network?: Partial<Omit<EdrNetworkUserConfig, "type" | "forking">>;
  /** The project's root; the working directory's project if left out. */
  readonly root?: string;
  /** A runtime environment that an earlier fork with the same options had. Hardhat decodes all of a project's artifacts for each. */
  readonly hre?: HardhatRuntimeEnvironment | undefined;
}

/** An in-process fork, with everything that the plugins add to a connection. */
export interface Fork<Source extends ForkSource = ForkSource> {
  readonly source: Source;
  readonly addresses: Source["addresses"];
  readonly hre: HardhatRuntimeEnvironment;
  /** Made by `hre.network.create("mainnetFork")`, which makes more of them. */
  readonly connection: NetworkConnection;
  /** The connection's chain, whose blocks are pinned: what is done through it comes out the same in every run. */
  readonly chain: PinnedChain;
  /** The first of Hardhat's accounts, with 10,000 ether. */
  readonly account: Address;
  /** Deploys a contract from that account. */
  deploy(artifact: Deployable, args?: readonly unknown[]): Promise<Address>;
  close(): Promise<void>;
}

/** Forks a chain in this process, in a runtime environment with a network `mainnetFork`: a fresh one, or the given one. */
export async function createFork<Source extends ForkSource = ForkSource>(
  options: ForkOptions<Source> = {},
): Promise<Fork<Source>> {
  // without a source from the caller, Source is the default, and so is the source
  const source = options.source ?? ((await forkSource()) as Source);
  const hre = options.hre ?? (await createHardhatRuntimeEnvironment(forkConfig(source, options), {}, options.root));
  const connection = await hre.network.create("mainnetFork");
  const { provider } = connection;
  const chain = new PinnedChain(provider);
  const [account] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
  return {
    source,
    addresses: source.addresses,
    hre,
    connection,
    chain,
    account: account!,
    deploy: async (artifact, args) => chain.deploy(account!, artifact, args),
    close: async () => {
      await connection.close();
      if (options.source === undefined) await source.close();
    },
  };
}

/** The Hardhat config of a project that forks a chain. */
export function forkConfig(
  { url, blockNumber, cache }: ForkSource,
  { plugins = [], config, network }: Omit<ForkOptions<ForkSource>, "source" | "root" | "hre"> = {},
): HardhatUserConfig {
  return {
    ...config,
    plugins,
    chainDescriptors: { ...chainDescriptors, ...config?.chainDescriptors },
    paths: { ...config?.paths, cache },
    networks: {
      mainnetFork: {
        chainType: "l1",
        hardfork: HARDFORK,
        ...network,
        type: "edr-simulated",
        forking: blockNumber === undefined ? { url } : { url, blockNumber },
      },
    },
  };
}
