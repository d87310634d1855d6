import type { HardhatConfig } from "hardhat/types/config";

import type { ProjectStyle } from "../report/typescript-test.js";

import { readFile } from "node:fs/promises";
import path from "node:path";

/** Plugins that run tests, by their ids. */
const RUNNERS: Readonly<Record<string, ProjectStyle["runner"]>> = {
  "hardhat-mocha": "mocha",
  "hardhat-node-test-runner": "node:test",
};

/** Plugins that depend on chai, which is then installed. */
const WITH_CHAI: readonly string[] = ["hardhat-ethers-chai-matchers"];

/**
 * How a project's tests are written, judging by the plugins that its config loads and its package.json. If the config loads
 * both runners or none: mocha if the package.json lists it, otherwise `node:test`, which needs no package.
 */
export async function projectStyleOf({
  plugins,
  paths,
}: {
  readonly plugins: readonly { readonly id: string }[];
  readonly paths: Pick<HardhatConfig["paths"], "root">;
}): Promise<ProjectStyle> {
  const packages = await packagesOf(paths.root);
  const runners = new Set(plugins.flatMap(({ id }) => RUNNERS[id] ?? []));
  const [only, ...others] = runners;
  const isOne = only !== undefined && others.length === 0;
  const runner = isOne ? only : packages.has("mocha") ? "mocha" : "node:test";
  const hasChai = packages.has("chai") || plugins.some(({ id }) => WITH_CHAI.includes(id));
  // a project with node:test may have chai for other reasons; its runner reports failures of node:assert best
  return { runner, assertions: runner === "mocha" && hasChai ? "chai" : "node:assert" };
}

/** The packages that a project's package.json lists; none if there is no such file, which is optional. */
async function packagesOf(root: string): Promise<ReadonlySet<string>> {
  try {
    const file = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as PackageFile;
    return new Set(Object.keys({ ...file.dependencies, ...file.devDependencies, ...file.peerDependencies }));
  } catch {
    return new Set();
  }
}

type PackageFile = Partial<Record<"dependencies" | "devDependencies" | "peerDependencies", object>>;
