// The process in which a reproduction is replayed; see replay-apart.ts.
import type { ReplayAnswer, ReplayRequest } from "./replay-apart.js";

import { fromJson } from "../engine/json.js";
import { replayReproduction } from "../engine/reproduction/replay.js";
import { SiegeError } from "../errors.js";

import { openHermeticNetwork } from "./hermetic-network.js";
import { tooCostly } from "./replay-apart.js";

/** The most memory of the process, bytes. Reproductions on real Aave and Uniswap state take about 250 MB. */
const MAX_MEMORY = 440_000_000;

/** The most time that it may compute, seconds, whatever else the machine does. Most replays take less than one. */
const MAX_SECONDS = 8;

/** Milliseconds between two looks at them: the node's work is in other threads, which fill some 300 MB a second. */
const PAUSE = 20;

process.once("message", (message) => {
  // only replay-apart.ts is on the other side
  void replay(message as ReplayRequest).then(answer);
});
// nobody waits for the answer any more
process.once("disconnect", () => process.exit());

async function replay({ projectRoot, source }: ReplayRequest): Promise<ReplayAnswer> {
  const origin = "file" in source ? source.file : "the reproduction";
  const start = process.cpuUsage();
  const watch = setInterval(() => {
    const why = excess(start);
    if (why !== undefined) answer({ error: details(tooCostly(origin, why)) });
  }, PAUSE);
  try {
    const content = "file" in source ? source.file : fromJson(source.content);
    return { outcome: await replayReproduction(content, projectRoot, openHermeticNetwork) };
  } catch (error) {
    return SiegeError.isSiegeError(error) ? { error: details(error) } : { crash: String(error) };
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

function details({ code, summary, hint }: SiegeError): Extract<ReplayAnswer, { error: object }>["error"] {
  return { code, message: summary, hint };
}

function answer(message: ReplayAnswer): void {
  process.send?.(message);
}
