import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import siegePlugin from "../../src/index.js";
import { createFork } from "../mini-mainnet/fork.js";

/** A fork of the mini mainnet with the plugin, and a folder of its own for what is found. */
export interface SiegeFork extends Fork<MiniMainnetSource> {
  readonly reproductions: string;
}

/** Forks the mini mainnet as a user's project with the plugin would. */
export async function createSiegeFork(
  source: MiniMainnetSource,
  network: NonNullable<Parameters<typeof createFork>[0]>["network"] = {},
): Promise<SiegeFork> {
  const reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  const fork = await createFork({ source, plugins: [siegePlugin], config: { siege: { reproductions } }, network });
  return {
    ...fork,
    reproductions,
    close: async () => {
      await fork.close();
      await rm(reproductions, { recursive: true, force: true });
    },
  };
}
