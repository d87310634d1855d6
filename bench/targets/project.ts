import type { Target, Variant } from "./target.js";

import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { testOf, VARIANTS } from "./target.js";

const ROOT = path.resolve(import.meta.dirname, "../..");

const CACHE = path.join(ROOT, "bench/cache/targets");

/** What runs inside a project. */
const INSIDE = ["hardhat.config.ts", "siege-campaign.ts", "siege-training.ts", "hardhat-campaign.ts"];

/**
 * A project as its user would have it: the targets' contracts and scenarios, and the plugin installed. Each build of the plugin
 * has one of its own, with a copy of the build, so that a campaign does not notice when the next one is built.
 *
 * @param packageRoot - a checkout of this repository with its packages installed
 * @returns its folder
 */
export async function hardhatProject(
  packageRoot: string,
  build: string,
  folder: string,
  targets: readonly Target[],
): Promise<string> {
  const project = path.join(CACHE, `${build}-${digestOf(folder + packageRoot)}`);
  await copySources(project, folder, targets);
  await writeLoneTests(project, targets);
  await write(path.join(project, "package.json"), '{ "name": "targets", "private": true, "type": "module" }\n');
  await write(
    path.join(project, "tsconfig.json"),
    '{ "compilerOptions": { "module": "nodenext", "target": "es2023" } }\n',
  );
  for (const file of INSIDE) await copy(path.join(import.meta.dirname, file), path.join(project, file));
  await linkPackages(project, packageRoot);
  return project;
}

/** A project for forge with the targets' contracts. */
export async function forgeProject(folder: string, targets: readonly Target[]): Promise<string> {
  const project = path.join(CACHE, `forge-${digestOf(folder)}`);
  await copySources(project, folder, targets);
  const openZeppelin = path.join(ROOT, "node_modules/@openzeppelin/contracts");
  const config = await readFile(path.join(import.meta.dirname, "foundry.toml"), "utf8");
  await write(
    path.join(project, "foundry.toml"),
    config.replace("SOLC", path.join(ROOT, "bench/forge/solc-npm.mjs")).replaceAll("OPENZEPPELIN", openZeppelin),
  );
  return project;
}

/** The file in Hardhat's project with nothing but one variant's test: its runner chooses by file. */
export function loneTest(target: Target, variant: Variant): string {
  return `contracts/${target.name}/${testOf(target, variant)}.t.sol`;
}

async function copySources(project: string, folder: string, targets: readonly Target[]): Promise<void> {
  const shared = (await readdir(folder)).filter((name) => name.endsWith(".sol"));
  for (const name of shared) await copy(path.join(folder, name), path.join(project, "contracts", name));
  for (const target of targets) {
    const inProject = path.join(project, "contracts", target.name);
    const isSource = (name: string): boolean => /(\.sol|(?<!\.test)\.ts)$/.test(name);
    for (const name of target.files.filter(isSource))
      await copy(path.join(target.folder, name), path.join(inProject, name));
  }
}

async function writeLoneTests(project: string, targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    for (const variant of VARIANTS) {
      const test = testOf(target, variant);
      await write(
        path.join(project, loneTest(target, variant)),
        `// SPDX-License-Identifier: MIT\npragma solidity 0.8.30;\n\nimport {${test}} from "./${target.contract}.t.sol";\n\n` +
          `contract ${test}Alone is ${test} {}\n`,
      );
    }
  }
}

/** Whatever a checkout has installed, and its build as the plugin. */
async function linkPackages(project: string, packageRoot: string): Promise<void> {
  const modules = path.join(project, "node_modules");
  const plugin = path.join(modules, "hardhat-siege");
  if (await exists(plugin)) return;
  await mkdir(modules, { recursive: true });
  const installed = path.join(packageRoot, "node_modules");
  for (const name of await readdir(installed)) {
    if (!name.startsWith(".")) await symlink(path.join(installed, name), path.join(modules, name)).catch(ifThere);
  }
  const partial = `${plugin}.partial`;
  await rm(partial, { recursive: true, force: true });
  await copyTree(path.join(packageRoot, "dist"), path.join(partial, "dist"));
  await copyFile(path.join(packageRoot, "package.json"), path.join(partial, "package.json"));
  await rename(partial, plugin);
}

async function copyTree(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    await copy(file, path.join(to, path.relative(from, file)));
  }
}

/** Leaves a file alone that is the same already: compilers look at the time of its last change. */
async function write(file: string, content: string | Buffer): Promise<void> {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(Buffer.from(content)) === true) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function copy(from: string, to: string): Promise<void> {
  await write(to, await readFile(from));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function ifThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
