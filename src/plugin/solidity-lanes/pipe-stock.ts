import { execFile } from "node:child_process";
import { constants, openSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { temporaryFolder } from "../temporary-folder.js";

/** A pipe that is open at both ends, so that it waits for nobody at the other one. */
export interface OpenPipe {
  readonly fd: number;
  /** What opens it again, in this process. */
  readonly path: string;
  /** Removes its name, if it has one. Does not close it. */
  release(): Promise<void>;
}

/** Whether a pipe can do without a name. Elsewhere, `/dev/fd` would share what is not to be waited for with whoever opens it. */
const IS_NAMELESS = process.platform === "linux";

/** How many pipes are made at once: Node cannot make them, and another program takes 10 to 100 ms to start and to end. */
const MADE_AT_ONCE = IS_NAMELESS ? 16 : 2;

const stock: OpenPipe[] = [];
let making: Promise<void> | undefined;

/** Makes pipes, unless there are some: soon, somebody will take two. */
export async function stockPipes(): Promise<void> {
  if (stock.length >= 2) return;
  making ??= make().finally(() => {
    making = undefined;
  });
  await making;
}

/** Takes a pair of pipes, which is whose takes it. */
export async function takePipes(): Promise<readonly [OpenPipe, OpenPipe]> {
  for (;;) {
    await stockPipes();
    const [one, other] = stock.splice(0, 2);
    if (one !== undefined && other !== undefined) return [one, other];
  }
}

async function make(): Promise<void> {
  const folder = await temporaryFolder();
  const names = Array.from({ length: MADE_AT_ONCE }, (_none, index) => path.join(folder.path, String(index)));
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", ...names]);
    let named = names.length;
    for (const name of names) {
      const fd = openSync(name, constants.O_RDWR | constants.O_NONBLOCK);
      stock.push({
        fd,
        // the process's own list of its open files: nothing is left if it is killed
        path: IS_NAMELESS ? `/proc/self/fd/${fd}` : name,
        release: async () => {
          named -= 1;
          if (!IS_NAMELESS && named === 0) await folder.remove();
        },
      });
    }
  } catch (error) {
    await folder.remove();
    throw error;
  }
  if (IS_NAMELESS) await folder.remove();
}
