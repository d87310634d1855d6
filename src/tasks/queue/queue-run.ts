import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { QueueConnection } from "../../distribute/connection.js";
import type { Dispatched, QueueCost } from "../../distribute/dispatch.js";
import type { JobOrigin } from "../../distribute/queue-job.js";
import type { CampaignOptions } from "../../engine/campaign/options.js";
import type { ShardResults } from "../../engine/shards/result.js";
import type { FileResult } from "../../report/file-result.js";

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";

import { connectQueue } from "../../distribute/connection.js";
import { dispatch } from "../../distribute/dispatch.js";
import { jobsOf } from "../../distribute/queue-job.js";
import { sharedSnapshot, shareSnapshot } from "../../distribute/registry.js";
import { readSnapshot } from "../../engine/fork-snapshot/store.js";
import { quoted } from "../../engine/reproduction/file-errors.js";
import { choose } from "../../engine/shards/choose.js";
import { jobOf } from "../../engine/shards/job-of.js";
import { resultFileName, writeShardResults } from "../../engine/shards/store.js";
import { SiegeError } from "../../errors.js";
import { resolveOptions } from "../../plugin/config.js";
import { networkNameOf } from "../../plugin/network-name.js";
import { commitOf, isTracked } from "../../plugin/queue/commit.js";
import { releaseOf } from "../../plugin/release.js";
import { snapshotFileOf } from "../../plugin/snapshots/snapshot-networks.js";
import { count } from "../../report/lines.js";
import { toNumber } from "../campaign-flags.js";
import { mergedFile } from "../merge.js";
import { printResult } from "../outcome-of-files.js";
import { CountDisplay } from "../progress/count-display.js";
import { today } from "../shard-network.js";
import { SHARDS_FOLDER } from "../shard-run.js";

import { playJob } from "./play-job.js";
import { SECRET } from "./secret.js";

/** The flags of `siege run` that are about its queue, as typed. */
export interface QueueFlags {
  readonly queue?: string | undefined;
  readonly priority?: string | undefined;
  readonly recheck?: string | undefined;
}

/** The same, read. */
interface QueueOptions {
  readonly url: string;
  /** 1 to 100. */
  readonly priority: number;
  /** 0 to 1. */
  readonly recheck: number;
  readonly secret: string | undefined;
}

/** Of answers without a signature, where there is a secret. */
const DEFAULT_RECHECK = 0.1;

/**
 * Reads the flags about a queue; `undefined` if none is named.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function readQueueFlags({ queue, priority, recheck }: QueueFlags): QueueOptions | undefined {
  if (queue === undefined) {
    const lonely = priority === undefined ? (recheck === undefined ? undefined : "--recheck") : "--priority";
    if (lonely === undefined) return undefined;
    throw new SiegeError("INVALID_OPTION", {
      message: `The flag ${lonely} is about a queue, and none is named.`,
      hint: "Name it with --queue redis://…, or leave the flag out.",
    });
  }
  const secret = process.env[SECRET];
  const place = inRange("--priority", priority, 50, { least: 1, most: 100 });
  const share = inRange("--recheck", recheck, secret === undefined ? 0 : DEFAULT_RECHECK, { least: 0, most: 1 });
  return { url: queue, priority: Math.round(place), recheck: share, secret };
}

function inRange(
  flag: string,
  text: string | undefined,
  otherwise: number,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = text === undefined ? otherwise : toNumber(flag, text);
  if (value >= least && value <= most) return value;
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag ${flag} is ${value}, which is not from ${least} to ${most}.`,
    hint: `Write it like ${flag} ${otherwise}.`,
  });
}

/** Plays the campaigns of scenario files in a queue, one after the other. Nothing is written before all are played. */
export async function runInQueue(
  files: readonly string[],
  options: CampaignOptions & { readonly signal: AbortSignal },
  queue: QueueOptions,
  isSpoken: boolean,
  hre: HardhatRuntimeEnvironment,
): Promise<readonly FileResult[]> {
  const { root } = hre.config.paths;
  const commit = await commitOf(root);
  const connection = await connectQueue(queue.url);
  try {
    const campaign = new QueueCampaign(hre, connection, queue, { commit, release: await releaseOf() });
    const played: (readonly [string, Dispatched | Error])[] = [];
    for (const file of files) {
      const dispatched = await campaign.play(file, options).catch((error: unknown) => toError(error));
      played.push([file, dispatched]);
      // the others would not be played either
      if (SiegeError.isSiegeError(dispatched) && dispatched.code === "QUEUE_UNREACHABLE") throw dispatched;
    }
    const results: FileResult[] = [];
    for (const [file, dispatched] of played) {
      const entry = dispatched instanceof Error ? { file, error: dispatched } : await resultOf(file, dispatched, hre);
      if (isSpoken) await printResult(entry);
      results.push(entry);
    }
    return results;
  } finally {
    await connection.close();
  }
}

/** The campaigns of a command. */
class QueueCampaign {
  readonly #hre: HardhatRuntimeEnvironment;
  readonly #connection: QueueConnection;
  readonly #queue: QueueOptions;
  readonly #code: { readonly commit: string; readonly release: string };
  readonly #day = today();

  constructor(
    hre: HardhatRuntimeEnvironment,
    connection: QueueConnection,
    queue: QueueOptions,
    code: { readonly commit: string; readonly release: string },
  ) {
    this.#hre = hre;
    this.#connection = connection;
    this.#queue = queue;
    this.#code = code;
  }

  /** Has the campaign of a file played, and keeps what was answered. */
  async play(given: string, options: CampaignOptions & { readonly signal: AbortSignal }): Promise<Dispatched> {
    const { config } = this.#hre;
    const { root } = config.paths;
    const resolved = resolveOptions(options, config.siege);
    const file = path.relative(root, path.resolve(given)).replaceAll(path.sep, "/");
    await requireTracked(root, file, given);
    const { shard: _shard, ...shared } = jobOf(file, { index: 1, count: 1 }, resolved);
    const network = networkNameOf(this.#hre);
    const snapshot = await this.#shareSnapshot(network);
    const origin: JobOrigin = {
      ...this.#code,
      network,
      day: this.#day,
      ...(snapshot === undefined ? {} : { snapshot }),
      explain: resolved.explain !== false,
    };
    const display = new CountDisplay(process.stderr, "job");
    const tell = (message: string): void => {
      display.clear();
      process.stderr.write(`siege queue: ${message}\n`);
    };
    const dispatched = await dispatch(this.#connection, jobsOf(origin, shared), {
      presence: { name: `${file} of ${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`, ...this.#code },
      priority: this.#queue.priority,
      secret: this.#queue.secret,
      recheck: this.#queue.recheck,
      replay: (job) => playJob(this.#hre, job, { lanes: resolved.lanes ?? "auto", signal: options.signal }, undefined),
      signal: options.signal,
      timeLimit: resolved.timeLimit,
      clock: () => performance.now(),
      progress: ({ finished, jobs, workers, seconds }) => {
        display.show(finished, jobs, count(workers, "worker"), `${seconds.toFixed(0)} worker seconds`);
      },
      tell,
    });
    display.clear();
    tell(costText(file, dispatched.cost));
    await this.#keep(dispatched, tell);
    return dispatched;
  }

  /** All that was answered, of which the report tells only what one machine comes to. */
  async #keep({ all }: Dispatched, tell: (message: string) => void): Promise<void> {
    if (all === undefined) return;
    const saved = path.join(this.#hre.config.paths.root, SHARDS_FOLDER, resultFileName(all));
    try {
      await writeShardResults(saved, all);
    } catch (error) {
      // the queue no longer has the answers: what was found is reported all the same
      if (!SiegeError.isSiegeError(error) || !hasFound(all)) throw error;
      tell(error.message);
      return;
    }
    const { further } = choose(all);
    if (further.length === 0) return;
    const where = path.relative(this.#hre.config.paths.root, saved);
    tell(
      `${count(further.length, "finding")} of later runs, to which one machine does not come: npx hardhat siege merge ${where}`,
    );
  }

  async #shareSnapshot(network: string) {
    const file = snapshotFileOf(this.#hre.config, network);
    if (file === undefined) return undefined;
    const { checksum } = await readSnapshot(file);
    if ((await sharedSnapshot(this.#connection, checksum)) === undefined) {
      await shareSnapshot(this.#connection, checksum, await readFile(file));
    }
    return checksum;
  }
}

async function resultOf(file: string, dispatched: Dispatched, hre: HardhatRuntimeEnvironment): Promise<FileResult> {
  const { results, stopped } = dispatched;
  if (stopped === undefined || hasFound(results)) {
    if (results === undefined) throw new Error("a campaign without jobs");
    const { result } = await mergedFile(results, hre);
    return { file, result };
  }
  const { length: done } = results?.shards ?? [];
  return {
    file,
    error: new SiegeError("INCOMPLETE", {
      message: `The campaign of ${quoted(file)} was stopped (${stopped}) after ${count(done, "job")}, in which nothing broke.`,
      hint: "Run it again with the same options: what was played is in the queue for a day, and is not played again.",
    }),
  };
}

function hasFound(results: ShardResults | undefined): boolean {
  return results !== undefined && choose(results).findings.length > 0;
}

/** @throws SiegeError `QUEUE_UNCOMMITTED`, `INVALID_OPTION` */
async function requireTracked(root: string, file: string, given: string): Promise<void> {
  if (!/\.scenario\.[cm]?[jt]s$/.test(file) || file.startsWith("..")) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${quoted(given)} cannot be played in a queue: its name does not end with .scenario.ts, or it is not in the project.`,
      hint: "Workers import scenario files of the project only; rename it, like siege/crash.scenario.ts.",
    });
  }
  if (await isTracked(root, file)) return;
  throw new SiegeError("QUEUE_UNCOMMITTED", {
    message: `${quoted(given)} is not in the project's commit.`,
    hint: "Commit it: workers play what is in the commit.",
  });
}

function costText(file: string, { jobs, workers, seconds, retried, stalled, rechecked }: QueueCost): string {
  return [
    `${quoted(file)}: ${count(jobs, "job")} by ${count(workers, "worker")}`,
    `${seconds.toFixed(1)} worker seconds`,
    ...(retried === 0 ? [] : [`${retried} tried again`]),
    ...(stalled === 0 ? [] : [`${stalled} taken over`]),
    ...(rechecked === 0 ? [] : [`${rechecked} checked here`]),
  ].join(", ");
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
