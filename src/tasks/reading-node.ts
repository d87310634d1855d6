import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { NodeIngest } from "../plugin/flow/ingest-node.js";

import { setTimeout } from "node:timers/promises";

import { CountDisplay } from "./progress/count-display.js";

/** How a task asks a node for blocks: with pauses that an interruption ends, and a line that counts them. */
type Reading = Pick<NodeIngest, "request" | "signal" | "wait" | "progress">;

/** Opens a connection for what reads blocks of its node, and closes it afterwards. */
export async function readingNode<T>(
  { network }: HardhatRuntimeEnvironment,
  signal: AbortSignal,
  read: (reading: Reading) => Promise<T>,
): Promise<T> {
  const connection = await network.create();
  const line = new CountDisplay(process.stderr, "block");
  try {
    return await read({
      request: (method, params) => connection.provider.request({ method, params }),
      signal,
      wait: (milliseconds) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
      progress: (done, all) => {
        line.show(done, all);
      },
    });
  } finally {
    line.clear();
    await connection.close();
  }
}
