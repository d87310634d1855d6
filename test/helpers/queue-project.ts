import type { ChildProcess } from "node:child_process";

import { execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { ROOT } from "./documentation.js";
import { SHELL_PROJECT, shellEnvironment } from "./shell-project.js";

const require = createRequire(import.meta.url);
const HARDHAT = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist/src/cli.js");

const CONFIG = `
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

import hardhatSiege from ${JSON.stringify(path.join(ROOT, "src/index.ts"))};

export default defineConfig({
  plugins: [hardhatViem, hardhatSiege],
  solidity: { version: "0.8.30", path: ${JSON.stringify(require.resolve("solc/soljson.js"))} },
});
`;

/** How a command ended. */
export interface Ended {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once it has said this on standard error, so and so often. Rejects if it ends before. */
  readonly said: (what: RegExp, times?: number) => Promise<void>;
}

/** A project in a git repository of its own, compiled and committed: that of the shell, at another place. */
export interface QueueProject {
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Starts Hardhat in it, as a shell would. */
  hardhat(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  close(): Promise<void>;
}

/** Copies the shell project, and commits it. */
export async function queueProject(): Promise<QueueProject> {
  // compiled once: every process of the test would do it otherwise
  await shellEnvironment();
  const root = await mkdtemp(path.join(tmpdir(), "siege-queue-"));
  for (const folder of ["contracts", "siege", "artifacts", "cache"]) {
    await cp(path.join(SHELL_PROJECT, folder), path.join(root, folder), {
      recursive: true,
      filter: (file) => !/siege\/(shards|reproductions)/.test(file),
    });
  }
  const sources = JSON.stringify(path.join(ROOT, "src")).slice(1, -1);
  for (const name of await readdir(path.join(root, "siege"))) {
    const file = path.join(root, "siege", name);
    await writeFile(file, (await readFile(file, "utf8")).replaceAll("../../../../src", sources));
  }
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"), "dir");
  await writeFile(path.join(root, "hardhat.config.ts"), CONFIG);
  await writeFile(path.join(root, "package.json"), JSON.stringify({ name: "queue", private: true, type: "module" }));
  await writeFile(path.join(root, ".gitignore"), "node_modules\nartifacts/\ncache/\nsiege/shards/\n");
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  git("init");
  git("add", "--all");
  git("commit", "--message", "a project");
  return {
    root,
    git,
    hardhat: (args, env = {}) => started(root, args, env),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

function started(root: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [HARDHAT, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", CI: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (printed.stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, ...printed });
    });
  });
  const said = (what: RegExp, times = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if ([...printed.stderr.matchAll(new RegExp(what, "g"))].length < times) return;
        child.stderr.off("data", look);
        resolve();
      };
      child.stderr.on("data", look);
      child.on("close", () => {
        reject(new Error(`it has ended without having said ${String(what)}:\n${printed.stderr}`));
      });
      look();
    });
  return { child, ended, said };
}
