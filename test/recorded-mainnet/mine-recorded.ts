import type { StateUpstream } from "../../src/engine/chain/state-upstream/serve-state.js";
import type { StateBundle } from "../../src/engine/chain/state-upstream/state-bundle.js";
import type { RecordedBlock } from "./recorded-block.js";

import { expect } from "chai";
import { keccak256, numberToHex } from "viem";

import { serveState } from "../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../src/engine/chain/state-upstream/state-source.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";

/** Asks a network. */
export type Request = (method: string, params?: unknown[]) => Promise<unknown>;

/** Forks from a bundle while `use` runs; what was opened is closed, also when opening the network fails. */
export async function onFork(
  before: StateBundle,
  { hardfork, blockGasLimit }: { readonly hardfork: string; readonly blockGasLimit: bigint },
  use: (request: Request, upstream: StateUpstream) => Promise<void>,
): Promise<void> {
  const upstream = await serveState(bundleSource(before));
  try {
    const blockNumber = Number(before.block.number);
    const { connection, close } = await hermetic({ url: upstream.url, blockNumber, hardfork, blockGasLimit });
    try {
      await use((method, params = []) => connection.provider.request({ method, params }), upstream);
    } finally {
      await close();
    }
  } finally {
    await upstream.close();
  }
}

/** Opens a network of its own. */
export async function hermetic(parameters: {
  readonly url: string;
  readonly blockNumber: number;
  readonly hardfork: string;
  readonly blockGasLimit: bigint;
}): Promise<{
  readonly connection: Awaited<ReturnType<typeof openHermeticNetwork>>["connection"];
  readonly close: () => Promise<void>;
}> {
  const network = await openHermeticNetwork({ chainId: 1, ...parameters });
  return { connection: network.connection, close: () => network.close() };
}

/** Sends a recorded block's transactions to a fork of the block before, with what its header says pinned, and mines. */
export async function mineRecorded(request: Request, block: RecordedBlock, hardfork: string): Promise<void> {
  await request("hardhat_setCoinbase", [block.miner]);
  await request("evm_setNextBlockTimestamp", [numberToHex(block.timestamp)]);
  if (hardfork !== "berlin") await request("hardhat_setPrevRandao", [block.mixHash]);
  if (block.baseFee !== undefined) await request("hardhat_setNextBlockBaseFeePerGas", [numberToHex(block.baseFee)]);
  for (const { hash, raw } of block.transactions) {
    expect(keccak256(raw)).to.equal(hash);
    await request("eth_sendRawTransaction", [raw]);
  }
  await request("evm_mine");
}
