import type { Readable } from "node:stream";

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { cpuOf } from "./cpu.js";

/**
 * Runs a command and tells on the third descriptor first its id and then, by `times`, how many CPU seconds it used, to the last
 * thread.
 */
const TIMED = '"$@" 3>&- & echo $! >&3; wait $!; code=$?; times >&3; exit $code';

/** How often, in milliseconds, we look at the time that a process has used. */
const INTERVAL = 20;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** CPU seconds, user and system. */
  readonly cpu: number;
  /** Whether it was ended because its budget was used up. */
  readonly isCut: boolean;
}

/** Runs a process until it ends or has used this many CPU seconds. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly cpu?: number },
): Promise<Ended> {
  const { cwd, env = {}, cpu: limit = Infinity } = options;
  const child = spawn("sh", ["-c", TIMED, "sh", command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  // all three are pipes
  const [, out, err, told] = child.stdio as [null, Readable, Readable, Readable, undefined];
  let [times, isCut] = ["", false];
  told.setEncoding("utf8").on("data", (chunk: string) => (times += chunk));
  const watch = setInterval(() => {
    const pid = Number(times.split("\n")[0]);
    if (!(pid > 0) || limit === Infinity) return;
    void cpuOf(pid).then((used) => {
      if (used > limit && !isCut) isCut = kill(pid);
    });
  }, INTERVAL);
  const output = Promise.all([text(out), text(err)]);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const [stdout, stderr] = await output;
    return { code, stdout, stderr, cpu: childrensTime(times), isCut };
  } finally {
    clearInterval(watch);
  }
}

/** @returns whether it was still there */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

/** After the id and the shell's own: `1m2.345s 0m0.120s`, user and system. */
function childrensTime(times: string): number {
  const spans = [...(times.split("\n")[2] ?? "").matchAll(/(\d+)m([\d.,]+)s/g)];
  return spans.reduce(
    (sum, [, minutes, seconds = ""]) => sum + Number(minutes) * 60 + Number(seconds.replace(",", ".")),
    0,
  );
}

/** Runs a script inside a project, which writes its outcome to a folder that it is given. */
export async function runInProject<OutcomeT>(project: string, script: string, asked: object): Promise<OutcomeT> {
  return withFolder(async (folder) => {
    const args = ["--import", "tsx/esm", script, JSON.stringify(asked), folder];
    const { stdout, stderr } = await runProcess(process.execPath, args, { cwd: project });
    const outcome = await readFile(path.join(folder, "outcome.json"), "utf8").catch((cause: unknown) => {
      throw new Error(`${script} ${JSON.stringify(asked)} wrote no outcome:\n${stdout}${stderr}`, { cause });
    });
    return JSON.parse(outcome) as OutcomeT;
  });
}

/** Work with a folder of its own: a remembered failure would be played first. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-target-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
