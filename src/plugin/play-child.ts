// The process in which a reproduction is played; see play-apart.ts.
import type { Hermetic } from "../engine/reproduction/reproduction.js";
import type { PlayAnswer } from "./play-apart.js";

import { bundleSource } from "../engine/chain/state-upstream/state-source.js";
import { replayScript } from "../engine/reproduction/hermetic-replay.js";
import { SiegeError } from "../errors.js";

import { openHermeticNetwork } from "./hermetic-network.js";

/** The most memory of the process, bytes. Reproductions on real Aave and Uniswap state take about 250 MB. */
const MAX_MEMORY = 380_000_000;

/** The most time that it may compute, seconds, whatever else the machine does. Most replays take less than one. */
const MAX_SECONDS = 5;

/** Milliseconds between two looks at them: the node's work is in other threads, which fill some 300 MB a second. */
const PAUSE = 10;

process.once("message", (message) => {
  // only play-apart.ts is on the other side
  void play(message as Hermetic).then(answer);
});
// nobody waits for the answer any more
process.once("disconnect", () => process.exit());

async function play({ hardfork, script, state }: Hermetic): Promise<PlayAnswer> {
  const start = process.cpuUsage();
  const watch = setInterval(() => {
    const tooCostly = excess(start);
    if (tooCostly !== undefined) answer({ tooCostly });
  }, PAUSE);
  try {
    const source = bundleSource(state);
    return { divergence: await replayScript({ openNetwork: openHermeticNetwork, hardfork, script, state: source }) };
  } catch (error) {
    if (!SiegeError.isSiegeError(error)) return { crash: error instanceof Error ? error.message : String(error) };
    return { error: { code: error.code, message: error.summary, hint: error.hint } };
  } finally {
    clearInterval(watch);
  }
}

function excess(start: NodeJS.CpuUsage): string | undefined {
  const { user, system } = process.cpuUsage(start);
  if ((user + system) / 1e6 > MAX_SECONDS) return `it computes for more than ${MAX_SECONDS} s`;
  if (process.memoryUsage.rss() > MAX_MEMORY) return `it takes more than ${MAX_MEMORY / 1e6} MB of memory`;
  return undefined;
}

/** The process has done its work: what it is still computing only fills the memory. */
function answer(message: PlayAnswer): void {
  process.send?.(message, () => process.kill(process.pid, "SIGKILL"));
}
