import { execFile } from "node:child_process";
import { mkdir, readdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system of its own, in memory, that is soon full. */
export interface SmallDisk {
  /** Leaves as many bytes, in whole pages. */
  readonly fill: (free: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Mounts one.
 *
 * @param options - like `size=64k`
 * @returns `undefined` without the rights of an administrator
 */
export async function smallDisk(folder: string, options = "size=256k"): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    await run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  } catch {
    return undefined;
  }
  return {
    fill: async (free) => {
      for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true, force: true });
      const { bavail, bsize } = await statfs(folder);
      await writeFile(path.join(folder, ".filling"), Buffer.alloc(Math.max(0, bavail * bsize - free)));
    },
    close: async () => {
      await run("umount", [folder]);
    },
  };
}
