import type { HardhatUserConfig } from "hardhat/config";

import { serve } from "../mini-mainnet/rpc-server.js";

import { shellEnvironment } from "./shell-project.js";

/** A chain with the box of `siege/forked.scenario.ts`, served on loopback. */
export interface BoxUpstream {
  readonly url: string;
  /** In which the box was set last. */
  readonly blockNumber: number;
  close(): Promise<void>;
}

/** What the networks of projects that fork it have in common. */
export const FORKING: Pick<HardhatUserConfig, "chainDescriptors"> = {
  chainDescriptors: {
    31337: { name: "boxes", chainType: "l1", hardforkHistory: { osaka: { blockNumber: 0 } } },
  },
};

/** Deploys the box as the first contract of a chain, and serves the chain. */
export async function boxUpstream(value = 7n): Promise<BoxUpstream> {
  const hre = await shellEnvironment();
  const connection = await hre.network.create();
  const { provider, viem } = connection;
  const box = await viem.deployContract("CappedBox", [1_000n]);
  // whether its functions have types depends on what was compiled before
  const { write } = box as unknown as { readonly write: { set(args: readonly [bigint]): Promise<unknown> } };
  await write.set([value]);
  const blockNumber = Number(await provider.request({ method: "eth_blockNumber" }));
  // a fork keeps what it reads of a block that is old enough
  await provider.request({ method: "hardhat_mine", params: ["0x100"] });
  const server = await serve(provider);
  return {
    url: server.url,
    blockNumber,
    close: async () => {
      await server.close();
      await connection.close();
    },
  };
}
