import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

import { inTurn } from "./build-in-turn.js";
import { SHELL_PROJECT } from "./shell-project.js";

const require = createRequire(import.meta.url);
const HARDHAT = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist/src/cli.js");
const MOCHA = path.join(path.dirname(require.resolve("mocha/package.json")), "bin/mocha.js");

/** How a process ended. */
export interface Finished {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Hardhat in the fixture project, as a user's shell would; not while another process may compile it. */
export function hardhat(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return inTurn(path.join(SHELL_PROJECT, "cache"), () => run([HARDHAT, ...args], options));
}

/** Runs mocha itself, without Hardhat's task, in the fixture project. */
export function mocha(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  // mocha's two seconds are too short for hooks on a busy machine
  return run(["--import", "tsx", MOCHA, "--no-config", "--timeout", "60000", ...args], options);
}

/** Runs Node's own test runner in the fixture project. */
export function nodeTest(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return run(["--import", "tsx", "--test", ...args], options);
}

/** Runs a command in a project of its own, whatever npm script the tests run in. */
export function runCommand(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  // npm tells its scripts where it is; a registry that is configured stays
  return run(args, { command, cwd, env: { npm_config_local_prefix: undefined } });
}

interface SpawnOptions {
  readonly command?: string;
  readonly cwd?: string;
  /** Added to this process's; what is undefined is left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sends signals, one after the other, as soon as the process has printed this. */
  readonly interruptAt?: string;
  /** Sends them once this is resolved. */
  readonly interruptOn?: Promise<void>;
  /** Default: `SIGINT`, as Ctrl-C does. */
  readonly signals?: readonly NodeJS.Signals[];
}

async function run(
  args: readonly string[],
  {
    command = process.execPath,
    cwd = SHELL_PROJECT,
    env = {},
    interruptAt,
    interruptOn,
    signals = ["SIGINT"],
  }: SpawnOptions,
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd,
    // no colours and no banner, whatever terminal the tests run in; and what a worker of mocha starts is none
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", CI: "1", MOCHA_WORKER_ID: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let interrupted = false;
  const interrupt = (): void => {
    if (interrupted) return;
    interrupted = true;
    for (const signal of signals) child.kill(signal);
  };
  void interruptOn?.then(interrupt);
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    if (interruptAt !== undefined && stdout.includes(interruptAt)) interrupt();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout, stderr };
}
