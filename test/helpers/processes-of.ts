import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Whether this machine tells what processes it has, and with which environment. */
export const TELLS_PROCESSES = process.platform === "linux";

/** A process. */
export interface KnownProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes that have an environment variable, whoever their parents are. */
export async function processesWith(variable: string, value: string): Promise<readonly KnownProcess[]> {
  const found: KnownProcess[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const folder = path.join("/proc", name);
    // one that has just ended, or another user's, has none
    const [environment, command] = await Promise.all(
      ["environ", "cmdline"].map((file) => readFile(path.join(folder, file), "utf8").catch(() => "")),
    );
    if (environment?.split("\0").includes(`${variable}=${value}`) !== true) continue;
    found.push({ pid: Number(name), command: command?.replaceAll("\0", " ") ?? "" });
  }
  return found;
}
