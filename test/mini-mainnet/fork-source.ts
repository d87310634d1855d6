import type { AddressBook, MiniMainnetAddresses } from "./address-book.js";
import type { MiniMainnet } from "./start.js";

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { MAINNET } from "./address-book.js";
import { CACHE } from "./cache.js";
import { startMiniMainnet } from "./start.js";

/** A chain to fork. Which of the two it is decides whether its users are known. */
export type ForkSource = MiniMainnetSource | MainnetSource;

interface Source {
  readonly url: string;
  readonly chainId: number;
  /** The directory for Hardhat's cache: what EDR keeps there of this chain is never that of another one. */
  readonly cache: string;
  /** Gives the source back. Call it once its forks are closed. */
  close(): Promise<void>;
}

export interface MiniMainnetSource extends Source {
  readonly chain: "mini mainnet";
  readonly blockNumber: number;
  readonly addresses: MiniMainnetAddresses;
}

export interface MainnetSource extends Source {
  readonly chain: "mainnet";
  /** The block to fork from, if `MAINNET_FORK_BLOCK` names one; else the latest safe one. */
  readonly blockNumber: number | undefined;
  readonly addresses: AddressBook;
}

/**
 * Mainnet, if `MAINNET_RPC_URL` says where it is; else the mini mainnet, which all callers in a process share. The last
 * one to close it stops it.
 */
export async function forkSource(): Promise<ForkSource> {
  const url = process.env.MAINNET_RPC_URL;
  if (url === undefined || url === "") return miniMainnetSource();
  const block = process.env.MAINNET_FORK_BLOCK;
  return {
    chain: "mainnet",
    url,
    chainId: 1,
    blockNumber: block === undefined || block === "" ? undefined : Number(block),
    addresses: MAINNET,
    // mainnet's history does not change, so what was read of it is kept
    cache: path.dirname(CACHE),
    close: async () => {
      // it is not ours to stop
    },
  };
}

interface Shared {
  readonly miniMainnet: Promise<MiniMainnet>;
  readonly cache: string;
  users: number;
}

let shared: Shared | undefined;

/** The mini mainnet, whatever the environment says: for tests that are about its people. */
export async function miniMainnetSource(): Promise<MiniMainnetSource> {
  shared ??= { miniMainnet: startMiniMainnet(), cache: freshCache(), users: 0 };
  const mine = shared;
  mine.users++;
  const miniMainnet = await mine.miniMainnet;
  const { url, chainId, blockNumber, addresses } = miniMainnet;
  let open = true;
  return {
    chain: "mini mainnet",
    url,
    chainId,
    blockNumber,
    addresses,
    cache: mine.cache,
    close: async () => {
      if (!open) return;
      open = false;
      if (--mine.users > 0) return;
      shared = undefined;
      await miniMainnet.close();
      removeCache(mine);
    },
  };
}

/**
 * EDR keeps what it reads of a chain under its host, port and chain id. A mini mainnet of yesterday's code may have had
 * the same port, so each gets a directory of its own, which goes with it or with the process.
 */
function freshCache(): string {
  return mkdtempSync(path.join(tmpdir(), "mini-mainnet-forks-"));
}

function removeCache({ cache }: Shared): void {
  rmSync(cache, { recursive: true, force: true });
}

process.once("exit", () => {
  if (shared !== undefined) removeCache(shared);
});
