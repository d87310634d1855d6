import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { History, HistoryRegimes } from "../market/index.js";

import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { SiegeError } from "../errors.js";
import { fromCsv, regimeEndedSince, regimesOf } from "../market/index.js";
import { requireAddress } from "../options.js";
import { feedHistory } from "../plugin/flow/feed-history.js";
import { requireWritable } from "../plugin/reports/write-document.js";
import { renderRegimeEnd, renderRegimes } from "../report/regimes.js";

import { blockOf, toNumber } from "./campaign-flags.js";
import { undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { readingNode } from "./reading-node.js";

interface WatchArguments {
  readonly files: string[];
  readonly prices: string | undefined;
  readonly time: string | undefined;
  readonly price: string | undefined;
  readonly feed: string | undefined;
  readonly from: string | undefined;
  readonly spacing: string | undefined;
  readonly ranges: string | undefined;
  readonly tuned: string | undefined;
  readonly method: string | undefined;
  readonly every: string | undefined;
  readonly runs: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly noCompile: boolean;
}

/** Seconds between the prices of a feed. */
const SPACING = 3_600;

/** What campaigns came to; `undefined` if none was due. */
type Campaigns = Result<unknown, unknown> | undefined;

/**
 * `hardhat siege watch`: exits with 0 if the regime goes on, and otherwise like `siege run` of the files. With `--every`, it goes on until it
 * is interrupted, and exits like the last campaigns.
 */
const watch: NewTaskActionFunction<WatchArguments> = (taskArguments, hre): Promise<Result<undefined, undefined>> =>
  undecidedIfItThrows(async () => {
    const { every } = taskArguments;
    const pause = every === undefined ? undefined : toNumber("--every", every);
    const tuned = momentOf(taskArguments.tuned);
    const prices = await sourceOf(taskArguments, hre);
    let last: Campaigns;
    await interruptible(async (signal) => {
      let begun: number | undefined;
      const isOver = (): boolean => signal.aborted;
      for (;;) {
        const history = await prices(signal);
        if (history === undefined) return;
        const { ended, since } = told(regimesIn(history, taskArguments), tuned);
        // the same change calls for campaigns once
        if (ended && since !== begun) last = await campaigns(taskArguments, hre);
        begun = ended ? since : undefined;
        if (pause === undefined || isOver()) return;
        // an interruption ends the wait
        await setTimeout(pause * 1_000, undefined, { signal }).catch(() => undefined);
        if (isOver()) return;
      }
    });
    return last?.success === false ? { success: false, error: undefined } : { success: true, value: undefined };
  });

export default watch;

/** Reads the prices as they are now; `undefined` if it was interrupted. */
type Prices = (signal: AbortSignal) => Promise<History | undefined>;

/** Where prices are from. @throws SiegeError `INVALID_OPTION`, `RESULT_UNWRITABLE` */
async function sourceOf(given: WatchArguments, hre: HardhatRuntimeEnvironment): Promise<Prices> {
  const { prices, feed } = given;
  if ((prices === undefined) === (feed === undefined)) {
    throw new SiegeError("INVALID_OPTION", {
      message: prices === undefined ? "siege watch was given no prices." : "siege watch was given prices twice.",
      hint: "Name a CSV file, --prices eth.csv --time timestamp --price close, or a feed of the network, --feed 0x… --from 19000000.",
    });
  }
  return feed === undefined ? () => fromFile(given, prices ?? "") : fromFeed(given, feed, hre);
}

/** @throws SiegeError `INVALID_HISTORY` */
async function fromFile({ time, price }: WatchArguments, file: string): Promise<History> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new SiegeError("INVALID_HISTORY", {
      message: `The file of prices "${file}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Give its path relative to the working directory.",
      cause,
    });
  }
  return fromCsv(text, { time: time ?? "time", price: price ?? "price", gaps: "keep" });
}

/** @throws SiegeError `INVALID_OPTION`, `RESULT_UNWRITABLE` */
async function fromFeed(given: WatchArguments, feed: string, hre: HardhatRuntimeEnvironment): Promise<Prices> {
  requireAddress("siege watch", "feed", feed);
  const from = blockOf("--from", given.from);
  if (from === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: "siege watch was not told from which block on it reads the feed.",
      hint: "Give a block before the parameters were chosen, by a few hundred prices: --from 19000000.",
    });
  }
  const spacing = given.spacing === undefined ? SPACING : toNumber("--spacing", given.spacing);
  if (!(spacing >= 1)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `The flag --spacing is ${given.spacing ?? ""}, which is less than a second.`,
      hint: "Give the seconds between prices, 1 to 31,536,000: --spacing 3600.",
    });
  }
  const ranges =
    given.ranges ?? path.join(hre.config.paths.cache, "siege", `feed-${feed.toLowerCase()}-${from}.ranges`);
  await requireWritable(ranges);
  return (signal) =>
    readingNode(hre, signal, (reading) => feedHistory({ ...reading, feed, from, to: undefined, spacing, ranges }));
}

function regimesIn(history: History, { method }: WatchArguments): HistoryRegimes<object> {
  // whether there is such a method is checked with the other options
  return regimesOf(history, method === undefined ? {} : { method: method as "two-state" });
}

/** Prints what is known. @returns whether the regime has ended, and since when */
function told(result: HistoryRegimes<object>, tuned: number | undefined): { ended: boolean; since: number } {
  const moment = tuned ?? result.periods[0]?.from ?? 0;
  const end = regimeEndedSince(result, moment);
  console.log(`${renderRegimes(result)}\n${renderRegimeEnd(end, moment)}`);
  return { ended: end.ended, since: result.now.since };
}

async function campaigns(
  { files, runs, seed, timeLimit, noCompile }: WatchArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<Campaigns> {
  if (files.length === 0) return undefined;
  const task = hre.tasks.getTask(["siege", "run"]);
  const given = { runs, seed, timeLimit, noCompile };
  return (await task.run({ files, json: false, noExplain: false, ...given })) as Campaigns;
}

/** Unix seconds. @throws SiegeError `INVALID_OPTION` */
function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1_000;
  if (Number.isFinite(moment)) return moment;
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag --tuned is "${text}", which is no moment.`,
    hint: "Write it like --tuned 2026-03-01T00:00:00Z, or in Unix seconds.",
  });
}
