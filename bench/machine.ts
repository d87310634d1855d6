import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import path from "node:path";

/** The machine that the figures come from. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Gigabytes. */
  readonly memory: number;
  readonly platform: string;
  readonly node: string;
  /** By package. */
  readonly versions: Readonly<Record<string, string>>;
}

const PACKAGES = ["hardhat", "@nomicfoundation/edr", "fast-check", "viem", "@foundry-rs/forge", "solc"];

export async function machine(): Promise<Machine> {
  const versions = await Promise.all(PACKAGES.map(async (name) => [name, await versionOf(name)] as const));
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.version,
    versions: Object.fromEntries(versions),
  };
}

/** The version of a package as this folder resolves it; not every package exports its manifest. */
async function versionOf(name: string): Promise<string> {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const manifest = await readFile(path.join(folder, name, "package.json"), "utf8").catch(() => undefined);
    if (manifest !== undefined) return (JSON.parse(manifest) as { readonly version: string }).version;
  }
  return "not installed";
}
