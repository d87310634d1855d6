import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { rm } from "node:fs/promises";

import siegePlugin from "../../src/index.js";
import { compileFixtures } from "../fixtures/artifact.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";
import { createFork } from "../mini-mainnet/fork.js";

import { giveBack, take } from "./siege-projects.js";

/** A fork of the mini mainnet with the plugin, and a folder for what is found that no other open fork has. */
export interface SiegeFork extends Fork<MiniMainnetSource> {
  readonly reproductions: string;
  /** Removes what was found, with which the next campaign would start. */
  forget(): Promise<void>;
}

/** Forks the mini mainnet as a user's project with the plugin would: connections of one project share its environment. */
export async function createSiegeFork(
  source: MiniMainnetSource,
  network: NonNullable<Parameters<typeof createFork>[0]>["network"] = {},
): Promise<SiegeFork> {
  const { url, blockNumber, cache } = source;
  const project = take(JSON.stringify({ url, blockNumber, cache, network }));
  const { reproductions } = project;
  if (project.hre === undefined) await compileFixtures();
  const config = { siege: { reproductions } };
  const fork = await createFork({ source, plugins: [siegePlugin], config, network, hre: project.hre });
  const forget = (): Promise<void> => rm(reproductions, { recursive: true, force: true });
  return {
    ...fork,
    reproductions,
    forget,
    close: async () => {
      await fork.close();
      await forget();
      giveBack({ ...project, hre: fork.hre });
    },
  };
}

/** A fresh fork for every test of a suite, as campaigns need it: they start with what the folder holds. */
export function siegeForkForEach(network?: Parameters<typeof createSiegeFork>[1]): () => SiegeFork {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source, network);
  });
  afterEach(() => fork.close());
  after(() => source.close());
  return () => fork;
}

/**
 * One fork for a suite, in the same state before every test: what a test did is reverted, and what it found forgotten.
 * Quicker than `siegeForkForEach`, but EDR keeps what was reverted until the suite is over: for short campaigns.
 */
export function siegeForkForSuite(network?: Parameters<typeof createSiegeFork>[1]): () => SiegeFork {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let snapshot: unknown;
  before(async () => {
    source = await miniMainnetSource();
    fork = await createSiegeFork(source, network);
  });
  beforeEach(async () => {
    snapshot = await fork.connection.provider.request({ method: "evm_snapshot" });
  });
  afterEach(async () => {
    await fork.connection.provider.request({ method: "evm_revert", params: [snapshot] });
    await fork.forget();
  });
  after(async () => {
    await fork.close();
    await source.close();
  });
  return () => fork;
}
