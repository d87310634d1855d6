import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Signals that end a process unless it handles them; on Windows, some never arrive. */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const open = new Set<string>();

/** A folder that is gone when the process is. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder for a network's caches. It is removed with the process if nobody does before, even by Ctrl-C. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), "hardhat-siege-"));
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
