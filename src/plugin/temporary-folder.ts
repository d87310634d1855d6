import { createHash } from "node:crypto";
import { readlinkSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

import { reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

/** Signals that end a process unless it handles them; on Windows, some never arrive. */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What the names of all folders begin with: those of the processes that this one can see, and after that the process's number. */
const PREFIX = `hardhat-siege-${processesHere()}-`;

const open = new Set<string>();

let swept: Promise<void> | undefined;

/** A folder that is gone when the process is. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a folder for a network's caches. It is removed with the process if nobody does before, even by Ctrl-C; and after a kill -9,
 * by the next process that makes one.
 *
 * @throws SiegeError `TEMPORARY_UNWRITABLE`
 */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  await (swept ??= sweep().catch(() => undefined));
  const folder = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`)).catch((error: unknown) => {
    throw toTemporaryError(error);
  });
  if (open.size === 0) watch();
  open.add(folder);
  return {
    path: folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
      open.delete(folder);
      if (open.size === 0) unwatch();
    },
  };
}

/** What the file system says about a full disk, a quota or missing rights. */
const UNWRITABLE: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "ENOENT", "ENOTDIR"]);

/** An error of the file system in such a folder, as one that says what to do; any other as it is. */
export function toTemporaryError(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && "syscall" in error && UNWRITABLE.has(error.code))) return error;
  return new SiegeError("TEMPORARY_UNWRITABLE", {
    message: `The folder for temporary files, ${tmpdir()}, cannot be written to: ${reasonOf(error)}.`,
    hint: "Make room there, or set TMPDIR (on Windows, TEMP) to a folder that has some.",
    cause: error,
  });
}

/** Removes what processes have left that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = name.startsWith(PREFIX) ? (/^(\d+)-/.exec(name.slice(PREFIX.length)) ?? []) : [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // another user's process is there, too
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** The same for processes that see each other's numbers: containers may share a folder, and even the name of their host. */
function processesHere(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // only Linux has them
  }
  return createHash("sha256").update(`${hostname()} ${namespace}`).digest("hex").slice(0, 8);
}

function watch(): void {
  process.on("exit", removeAll);
  for (const signal of ENDING) process.on(signal, removeAllAndEnd);
}

function unwatch(): void {
  process.removeListener("exit", removeAll);
  for (const signal of ENDING) process.removeListener(signal, removeAllAndEnd);
}

function removeAll(): void {
  for (const folder of open) rmSync(folder, { recursive: true, force: true });
  open.clear();
}

/** Listening to a signal keeps it from ending the process, which it still has to unless somebody else is listening. */
function removeAllAndEnd(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  unwatch();
  process.kill(process.pid, signal);
}
