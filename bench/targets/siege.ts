import type { Runner } from "./campaign.js";
import type { Asked } from "./siege-campaign.js";
import type { Target } from "./target.js";

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { compile } from "./hardhat.js";
import { runInProject, runProcess } from "./process.js";
import { hardhatProject } from "./project.js";

/** Ours, as it is built in a checkout. */
export async function siegeRunner(
  packageRoot: string,
  folder: string,
  targets: readonly Target[],
  minimise: number,
  policy?: string,
): Promise<Runner> {
  const build = await buildOf(packageRoot);
  const project = await hardhatProject(packageRoot, build, folder, targets);
  await compile(project);
  return {
    build,
    commit: await commitOf(packageRoot),
    run: async ({ target, variant, seed, settings }) => {
      const scenario = `contracts/${target.name}/${variant}.scenario.ts`;
      const asked: Asked = { scenario, seed, settings, minimise, policy };
      return runInProject(project, "siege-campaign.ts", asked);
    },
  };
}

/** A digest of what was built: the same for commits that change only documents. */
export async function buildOf(packageRoot: string): Promise<string> {
  const dist = path.join(packageRoot, "dist");
  const files = await readdir(dist, { recursive: true }).catch((cause: unknown) => {
    throw new Error(`${packageRoot} is not built: run "npm run build" there.`, { cause });
  });
  const digest = createHash("sha256");
  for (const file of files.filter((name) => name.endsWith(".js")).sort()) {
    digest.update(`${file}\0`).update(await readFile(path.join(dist, file)));
  }
  return digest.digest("hex").slice(0, 12);
}

async function commitOf(packageRoot: string): Promise<string> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await runProcess("git", args, { cwd: packageRoot })).stdout.trim();
  const changed = await git("status", "--porcelain", "--", "src");
  return `${await git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : " with changes"}`;
}
