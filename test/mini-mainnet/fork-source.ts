import type { AddressBook, MiniMainnetAddresses } from "./address-book.js";

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
 * Mainnet, if `MAINNET_RPC_URL` says where it is; else the mini mainnet, which all callers in a process share.
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

let shared: Promise<MiniMainnetSource> | undefined;

/**
 * The mini mainnet, whatever the environment says: for tests that are about its people. It takes most of a second to start, and
 * nobody changes it: all callers in a process share one, which stops with the process and does not keep it alive.
 */
export async function miniMainnetSource(): Promise<MiniMainnetSource> {
  shared ??= ownMiniMainnetSource();
  return {
    ...(await shared),
    close: async () => {
      // others may be using it
    },
  };
}

/**
 * A mini mainnet that nobody else uses, and that its caller stops.
 *
 * EDR keeps what it reads of a chain under its host, port and chain id. A mini mainnet of yesterday's code may have had
 * the same port, so each gets a directory of its own, which goes with it or with the process.
 */
export async function ownMiniMainnetSource(): Promise<MiniMainnetSource> {
  const miniMainnet = await startMiniMainnet();
  const { url, chainId, blockNumber, addresses } = miniMainnet;
  const cache = mkdtempSync(path.join(tmpdir(), "mini-mainnet-forks-"));
  const removeCache = (): void => {
    rmSync(cache, { recursive: true, force: true });
  };
  process.once("exit", removeCache);
  return {
    chain: "mini mainnet",
    url,
    chainId,
    blockNumber,
    addresses,
    cache,
    close: async () => {
      await miniMainnet.close();
      removeCache();
    },
  };
}
