import type { Finished } from "./spawn.js";

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { inTurn } from "./build-in-turn.js";
import { ROOT } from "./documentation.js";
import { runCommand } from "./spawn.js";

/** The package as npm would publish it, in a folder for the projects that install it. */
export interface Packed {
  readonly folder: string;
  readonly tarball: string;
}

/** Packs the package before a suite, and removes its folder afterwards; the suite is skipped where there is no npm registry. */
export function packedForSuite(): () => Packed {
  let packed: Packed | undefined;

  before(async function () {
    const reached = await npm(["view", "solc@0.8.30", "version"], ROOT);
    if (reached.code !== 0) this.skip();
    const folder = await mkdtemp(path.join(tmpdir(), "siege-packed-"));
    // packing builds dist anew, which two processes must not do at a time
    const { code, stdout, stderr } = await inTurn(path.join(ROOT, "cache"), () =>
      npm(["pack", "--silent", "--pack-destination", folder], ROOT),
    );
    expect(code, stdout + stderr).to.equal(0);
    const [name] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
    packed = { folder, tarball: path.join(folder, name!) };
  });
  after(() => (packed === undefined ? undefined : rm(packed.folder, { recursive: true, force: true })));

  return () => packed!;
}

export function npm(args: readonly string[], cwd: string): Promise<Finished> {
  return runCommand("npm", args, cwd);
}

/** Hardhat as it is installed in a project. */
export function hardhatIn(project: string, ...args: string[]): Promise<Finished> {
  return runCommand("npx", ["hardhat", ...args], project);
}
