import type { EdrNetworkConfig, EdrNetworkForkingConfig, HardhatConfig, NetworkConfig } from "hardhat/types/config";

import type { SiegeConfig } from "../config.js";
import type { OpenSnapshot } from "./snapshot-registry.js";

import path from "node:path";

import { blockOf } from "../../engine/fork-snapshot/fork-snapshot.js";
import { quoted } from "../../engine/reproduction/file-errors.js";
import { SiegeError } from "../../errors.js";

import { openedSnapshot } from "./snapshot-registry.js";

/** A network's own upstream while something else is served in its place: what is forked from, and the node's cache. */
export interface Detour {
  readonly url: string;
  readonly blockNumber: number;
  readonly cacheDir: string;
}

/** Which networks of which projects fork from something else for now, by {@link keyOf}; `"endpoint"`: from their own. */
const detours = new Map<string, Detour | "endpoint" | { readonly snapshot: string }>();

/** The fork settings of networks that fork from snapshots, with the file of each. */
const forks = new WeakMap<object, string>();

/** Whether a network forks from a snapshot. */
export function isSnapshotFork(network: NetworkConfig): boolean {
  return network.type === "edr-simulated" && network.forking !== undefined && forks.has(network.forking);
}

/** The snapshot that a connection's network was forked from; `undefined` if it was forked from none. */
export function snapshotOf(network: NetworkConfig): OpenSnapshot | undefined {
  const file =
    network.type === "edr-simulated" && network.forking !== undefined ? forks.get(network.forking) : undefined;
  return file === undefined ? undefined : openedSnapshot(file);
}

/** Reads the snapshots that a project's networks fork from, so that they are there when a network is made. */
export async function openSnapshotsOf({ siege, paths, networks }: HardhatConfig): Promise<void> {
  for (const name of Object.keys(networks)) {
    const file = fileOf(siege, paths.root, name);
    if (file !== undefined) await open(file);
  }
}

/** The snapshot file that a network forks from now; `undefined` if it forks from none. */
export function snapshotFileOf({ siege, paths }: HardhatConfig, network: string): string | undefined {
  return fileOf(siege, paths.root, network);
}

/**
 * Has a network fork from something else while some work is done: its endpoint, a snapshot, or a server of this process. Connections
 * are to be made with {@link NetworkManager.create} meanwhile, with an override: that is when Hardhat looks at the config again.
 */
export async function withDetour<ResultT>(
  root: string,
  network: string,
  detour: Detour | "endpoint" | { readonly snapshot: string },
  work: () => Promise<ResultT>,
): Promise<ResultT> {
  const key = keyOf(root, network);
  detours.set(key, detour);
  try {
    if (typeof detour === "object" && "snapshot" in detour) await open(detour.snapshot);
    return await work();
  } finally {
    detours.delete(key);
  }
}

/** The networks of a config, with those that have a snapshot forking from it. Nothing is read before a network is made. */
export function withSnapshots(resolved: HardhatConfig, siege: SiegeConfig): HardhatConfig {
  const { root } = resolved.paths;
  const networks = Object.entries(resolved.networks).map(([name, network]): [string, NetworkConfig] => {
    if (network.type !== "edr-simulated") return [name, network];
    const detour = detours.get(keyOf(root, name));
    if (typeof detour === "object" && "url" in detour) return [name, { ...network, forking: detoured(detour) }];
    const file = fileOf(siege, root, name);
    if (file === undefined) return [name, network];
    return [name, { ...network, forking: snapshotForking(file, name, network, resolved.defaultChainType) }];
  });
  return { ...resolved, networks: Object.fromEntries(networks) };
}

/** What is wrong with the networks that are to have snapshots, by their names. */
export function faultyNetworks({ networks, siege }: HardhatConfig): readonly (readonly [string, string])[] {
  return Object.keys(siege.snapshots).flatMap((name) => {
    const type = networks[name]?.type;
    if (type === "edr-simulated") return [];
    const why = type === undefined ? "There is no network of that name" : `The network is of type "${type}"`;
    return [[name, `${why}; a snapshot needs one of type "edr-simulated".`] as const];
  });
}

function fileOf(siege: SiegeConfig, root: string, network: string): string | undefined {
  const detour = detours.get(keyOf(root, network));
  if (typeof detour === "object") return "snapshot" in detour ? detour.snapshot : undefined;
  const file = siege.snapshots[network];
  return file === undefined || detour === "endpoint" ? undefined : path.resolve(root, file);
}

/** Commands that make no connection load nothing of it. */
async function open(file: string): Promise<void> {
  const { openSnapshot } = await import("./open-snapshots.js");
  await openSnapshot(file);
}

function keyOf(root: string, network: string): string {
  return `${root}\0${network}`;
}

function detoured({ url, blockNumber, cacheDir }: Detour): EdrNetworkForkingConfig {
  return { enabled: true, url: urlVariable(() => Promise.resolve(url)), cacheDir, blockNumber: BigInt(blockNumber) };
}

/** Hardhat reads these fields when a connection is made, which is when the file has been read. */
function snapshotForking(
  file: string,
  name: string,
  network: EdrNetworkConfig,
  defaultChainType: string,
): EdrNetworkForkingConfig {
  const own = network.forking?.enabled === true ? network.forking.blockNumber : undefined;
  const { chainId, hardfork, chainType = defaultChainType } = network;
  const checked = (): OpenSnapshot => {
    const opened = openedSnapshot(file);
    requireFitting(opened, name, { chainId, hardfork, chainType, block: own === undefined ? undefined : Number(own) });
    return opened;
  };
  const forking: EdrNetworkForkingConfig = {
    enabled: true,
    url: urlVariable(() => checked().url()),
    get blockNumber() {
      return BigInt(blockOf(checked().snapshot));
    },
    get cacheDir() {
      return checked().cacheDir;
    },
  };
  forks.set(forking, file);
  return forking;
}

function urlVariable(url: () => Promise<string>): EdrNetworkForkingConfig["url"] {
  const none = (): never => {
    throw new Error("the URL of a fork is neither a number nor bytes");
  };
  return {
    _type: "ResolvedConfigurationVariable",
    format: "{variable}",
    get: url,
    getUrl: url,
    getBigInt: async () => none(),
    getHexString: async () => none(),
  };
}

/** @throws SiegeError `SNAPSHOT_MISMATCH` */
function requireFitting(
  { snapshot, file }: OpenSnapshot,
  name: string,
  {
    block,
    ...network
  }: {
    readonly chainId: number;
    readonly hardfork: string;
    readonly chainType: string;
    readonly block: number | undefined;
  },
): void {
  const shown = quoted(path.basename(file));
  const held = blockOf(snapshot);
  const differing = (["chainId", "chainType", "hardfork"] as const).find(
    (field) => network[field] !== snapshot.network[field],
  );
  if (differing !== undefined) {
    const was = JSON.stringify(snapshot.network[differing]);
    throw new SiegeError("SNAPSHOT_MISMATCH", {
      message: `The snapshot ${shown} was taken on a network whose ${differing} is ${quoted(was)}, but that of the network "${name}" is ${JSON.stringify(network[differing])}.`,
      hint: `Set ${differing}: ${quoted(was)} for the network in hardhat.config, or take the snapshot again.`,
    });
  }
  if (block === undefined || block === held) return;
  throw new SiegeError("SNAPSHOT_MISMATCH", {
    message: `The snapshot ${shown} is of block ${held}, but forking.blockNumber of the network "${name}" is ${block}.`,
    hint: "Take the snapshot again, or remove forking.blockNumber: the snapshot has its block.",
  });
}
