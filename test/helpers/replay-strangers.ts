// Replays a stranger's files one after the other and prints what became of each, as JSON; the memory is that of this process and
// of the largest that it started.
import type { PlayHermetic } from "../../src/engine/reproduction/replay.js";

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { toJson } from "../../src/engine/json.js";
import { replayReproduction } from "../../src/engine/reproduction/replay.js";
import { SiegeError } from "../../src/errors.js";
import { playApart } from "../../src/plugin/play-apart.js";
import { renderReplay } from "../../src/report/replay.js";

import { forgeriesOf } from "./forged-reproductions.js";
import { mutatedReproductions } from "./mutated-reproductions.js";

const [original = "", mutations = "0", seed = "1", forgeries = "all"] = process.argv.slice(2);
const text = await readFile(original, "utf8");
const folder = await mkdtemp(path.join(tmpdir(), "siege-strangers-"));
const largest = watchChildren();

// mutations of texts leave what is played as it was
const known = new Map<string, ReturnType<PlayHermetic>>();
const play: PlayHermetic = (hermetic) => {
  const key = toJson(hermetic);
  const played = known.get(key) ?? playApart(hermetic);
  if (known.size < 5) known.set(key, played);
  return played;
};

try {
  for (const [at, bytes] of mutatedReproductions(text, Number(mutations), Number(seed)).entries()) {
    const file = path.join(folder, `mutation-${at}.json`);
    await writeFile(file, bytes);
    await report(`mutation ${at}`, file);
  }
  const all = forgeriesOf(text);
  for (const [at, forgery] of all.entries()) {
    if (forgeries !== "all" && forgery.isPlayed === true && !forgeries.split(",").includes(forgery.what)) continue;
    const file = path.join(folder, `forgery-${at}.json`);
    await forgery.write(file);
    await report(forgery.what, file);
  }
  console.log(JSON.stringify({ memory: ownMemory(), child: largest() }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit();

async function report(what: string, file: string): Promise<void> {
  const start = performance.now();
  let end: string;
  let shown: string;
  try {
    const outcome = await replayReproduction(file, "/", play);
    end = outcome.kind;
    shown = renderReplay(outcome, file);
  } catch (error) {
    end = SiegeError.isSiegeError(error) ? error.code : `uncoded: ${String(error)}`;
    shown = error instanceof Error ? error.message : "";
  }
  const isPrintable = !/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]|[\u202a-\u202e\u2066-\u2069]/u.test(shown);
  console.log(
    JSON.stringify({ what, end, seconds: (performance.now() - start) / 1000, isPrintable, length: shown.length }),
  );
}

/** The most memory of this process, MB. Its `maxRSS` would be that of the process which started it, where that has more. */
function ownMemory(): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Infinity) / 1000;
  } catch {
    return process.memoryUsage.rss() / 1e6;
  }
}

/** The most memory of a process that this one started, MB; Linux tells. */
function watchChildren(): () => number {
  let most = 0;
  setInterval(() => {
    try {
      for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        if (!status.includes(`\nPPid:\t${process.pid}\n`)) continue;
        most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
      }
    } catch {
      // a process ended meanwhile, or this is not Linux
    }
  }, 25).unref();
  return () => most;
}
