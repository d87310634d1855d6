import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import type { QueueConnection } from "../../distribute/connection.js";
import type { QueueJob } from "../../distribute/queue-job.js";

import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import path from "node:path";

import { connectQueue } from "../../distribute/connection.js";
import { sharedSnapshot } from "../../distribute/registry.js";
import { work } from "../../distribute/work.js";
import { parseSnapshot, readSnapshot } from "../../engine/fork-snapshot/store.js";
import { replaceFile } from "../../engine/reproduction/atomic-file.js";
import { SiegeError } from "../../errors.js";
import { commitOf, isTracked } from "../../plugin/queue/commit.js";
import { releaseOf } from "../../plugin/release.js";
import { snapshotFileOf } from "../../plugin/snapshots/snapshot-networks.js";
import { toNumber } from "../campaign-flags.js";
import { undecidedIfItThrows } from "../exit-code.js";
import { interruptible } from "../interrupt.js";

import { playJob } from "./play-job.js";
import { SECRET } from "./secret.js";

interface WorkerArguments {
  readonly queue: string | undefined;
  readonly lanes: string | undefined;
  readonly jobs: string | undefined;
  readonly name: string | undefined;
  readonly noCompile: boolean;
}

/** `hardhat siege worker`: plays jobs until it is interrupted. Exits with 2 if it can play none. */
const worker: NewTaskActionFunction<WorkerArguments> = (taskArguments, hre): Promise<void> =>
  undecidedIfItThrows(async () => {
    const { queue, noCompile } = taskArguments;
    if (queue === undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege worker was given no queue.",
        hint: "Name the Redis server: --queue redis://127.0.0.1:6379.",
      });
    }
    const most = taskArguments.jobs === undefined ? undefined : toNumber("--jobs", taskArguments.jobs);
    const lanes =
      taskArguments.lanes === undefined || taskArguments.lanes === "auto"
        ? ("auto" as const)
        : toNumber("--lanes", taskArguments.lanes, "auto");
    const { root } = hre.config.paths;
    const commit = await commitOf(root);
    const connection = await connectQueue(queue);
    try {
      if (!noCompile) {
        const noTests = hre.config.solidity.splitTestsCompilation;
        await hre.tasks.getTask("build").run({ quiet: true, noTests });
      }
      const name = taskArguments.name ?? `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
      const presence = { name, commit, release: await releaseOf() };
      const tell = (message: string): void => void process.stderr.write(`siege worker ${name}: ${message}\n`);
      tell(`at the queue ${connection.host}, with commit ${commit.slice(0, 12)}`);
      const snapshots = new Snapshots(hre, connection);
      const done = await interruptible((signal) =>
        work(connection, {
          presence,
          secret: process.env[SECRET],
          signal,
          most,
          clock: () => performance.now(),
          requireCode: () => requireCommit(root, commit),
          isTracked: (file) => isTracked(root, file),
          requireSnapshot: (checksum) => snapshots.require(checksum),
          play: async (job) => playJob(hre, job, { lanes, signal }, await snapshots.fileFor(job)),
          tell,
        }),
      );
      tell(`${done.jobs} ${done.jobs === 1 ? "job" : "jobs"} in ${done.seconds.toFixed(1)} s`);
    } finally {
      await connection.close();
    }
  });

export default worker;

/** @throws SiegeError `QUEUE_OTHER_COMMIT`, `QUEUE_UNCOMMITTED` */
async function requireCommit(root: string, commit: string): Promise<void> {
  const now = await commitOf(root);
  if (now === commit) return;
  throw new SiegeError("QUEUE_OTHER_COMMIT", {
    message: `The project is at commit ${now.slice(0, 12)} now; this worker was started at ${commit.slice(0, 12)}.`,
    hint: "Start the worker again.",
  });
}

/** The snapshots that jobs fork from: the project's own, or those that were shared in the queue. */
class Snapshots {
  readonly #hre: HardhatRuntimeEnvironment;
  readonly #connection: QueueConnection;
  readonly #own = new Map<string, Hex | undefined>();

  constructor(hre: HardhatRuntimeEnvironment, connection: QueueConnection) {
    this.#hre = hre;
    this.#connection = connection;
  }

  /** @throws SiegeError `SNAPSHOT_NOT_FOUND`, `SNAPSHOT_INVALID` */
  async require(checksum: Hex): Promise<void> {
    const file = this.#sharedFile(checksum);
    if ((await checksumIn(file)) === checksum) return;
    const content = await sharedSnapshot(this.#connection, checksum);
    if (content === undefined) {
      if (await this.#isOwn(checksum)) return;
      throw new SiegeError("SNAPSHOT_NOT_FOUND", {
        message: `The snapshot ${checksum}, from which a job forks, is neither in this project nor in the queue.`,
        hint: "Run the campaign again: whoever asks shares its snapshot.",
      });
    }
    const parsed = await parseSnapshot(content, "The shared snapshot");
    if (parsed.checksum !== checksum) {
      throw new SiegeError("SNAPSHOT_INVALID", {
        message: `What the queue has as the snapshot ${checksum} is ${parsed.checksum}.`,
        hint: "Somebody else writes to the queue; it was not used.",
      });
    }
    await replaceFile(file, content);
  }

  /** The file that a job forks from, if that is not what the config says. */
  async fileFor({ snapshot, network }: QueueJob): Promise<string | undefined> {
    if (snapshot === undefined) return undefined;
    const own = snapshotFileOf(this.#hre.config, network);
    if (own !== undefined && (await checksumIn(own)) === snapshot) return undefined;
    return this.#sharedFile(snapshot);
  }

  async #isOwn(checksum: Hex): Promise<boolean> {
    for (const network of Object.keys(this.#hre.config.siege.snapshots)) {
      const file = snapshotFileOf(this.#hre.config, network);
      if (file === undefined) continue;
      if (!this.#own.has(file)) this.#own.set(file, await checksumIn(file));
      if (this.#own.get(file) === checksum) return true;
    }
    return false;
  }

  #sharedFile(checksum: Hex): string {
    return path.join(this.#hre.config.paths.cache, "siege-snapshots", `${checksum.slice(2)}.json.gz`);
  }
}

async function checksumIn(file: string): Promise<Hex | undefined> {
  return readSnapshot(file).then(
    ({ checksum }) => checksum,
    () => undefined,
  );
}
