import type { Address, Hex } from "viem";

import type { StateSource } from "../../src/engine/chain/state-upstream/state-source.js";
import type { MainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";
import type { RecordedBlock } from "./recorded-block.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { numberToHex, pad, stringToHex } from "viem";

import { serveState } from "../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../src/engine/chain/state-upstream/state-source.js";
import siegePlugin from "../../src/index.js";
import { MAINNET } from "../mini-mainnet/address-book.js";
import { createFork } from "../mini-mainnet/fork.js";

/** Seconds between blocks since the merge. */
const SLOT = 12;

const ZERO = pad("0x", { size: 32 });

/**
 * What a siege reads and the block did not: names and decimals of two tokens, as they are on mainnet, in the slots of
 * WETH9 and of Circle's FiatToken.
 */
const TOKEN_FACTS: Readonly<Record<Address, Readonly<Record<Hex, Hex>>>> = {
  [MAINNET.weth.toLowerCase()]: { [slot(1)]: shortText("WETH"), [slot(2)]: pad("0x12", { size: 32 }) },
  [MAINNET.usdc.toLowerCase()]: { [slot(5)]: shortText("USDC"), [slot(6)]: pad("0x06", { size: 32 }) },
};

/**
 * A fork of the state before a recorded block for people who were not there: accounts that the recording does not hold
 * are empty, and slots of contracts that it does not hold are zero. The block's own transactions read neither. The state
 * is told as that of two blocks before: agents get their allowances in a block of their own, and contracts look at the number
 * and the time of theirs.
 */
export async function siegeOnRecorded(
  block: RecordedBlock,
  network: { readonly hardfork: string; readonly blockGasLimit: number },
): Promise<Fork<MainnetSource>> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  const { before } = block;
  const header = {
    ...before.block,
    number: numberToHex(block.number - 2),
    timestamp: numberToHex(block.timestamp - 2 * SLOT),
  };
  const upstream = await serveState(withStrangers(bundleSource({ ...before, block: header })));
  const source: MainnetSource = {
    chain: "mainnet",
    url: upstream.url,
    chainId: 1,
    blockNumber: block.number - 2,
    addresses: MAINNET,
    cache: path.join(folder, "cache"),
    close: () => upstream.close(),
  };
  const config = { siege: { reproductions: path.join(folder, "reproductions") } };
  const fork = await createFork({ source, plugins: [siegePlugin], config, network: { ...network, chainId: 1 } });
  return {
    ...fork,
    close: async () => {
      await fork.close();
      await upstream.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withStrangers(source: StateSource): StateSource {
  return {
    ...source,
    account: async (address) => (await source.account(address)) ?? { balance: "0x0", nonce: "0x0", code: "0x" },
    slot: async (address, at) =>
      (await source.slot(address, at)) ?? TOKEN_FACTS[address.toLowerCase() as Address]?.[at] ?? ZERO,
  };
}

function slot(index: number): Hex {
  return numberToHex(index, { size: 32 });
}

/** A string of at most 31 bytes as Solidity stores it. */
function shortText(text: string): Hex {
  return `${pad(stringToHex(text), { size: 31, dir: "right" })}${(text.length * 2).toString(16).padStart(2, "0")}`;
}
