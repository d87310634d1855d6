import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";

import type { CampaignOptions } from "../engine/campaign/options.js";
import type { Shard } from "../engine/shards/job.js";
import type { FileResult } from "../report/file-result.js";
import type { CampaignFlags } from "./campaign-flags.js";
import type { FilesResult } from "./outcome-of-files.js";
import type { QueueFlags } from "./queue/queue-run.js";
import type { ReportFlags } from "./reporting.js";

import { readShard } from "../engine/shards/job.js";
import { SiegeError } from "../errors.js";
import { requireSimulated } from "../plugin/simulated-network.js";

import { readFlags } from "./campaign-flags.js";
import { undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { endOf } from "./outcome-of-files.js";
import { Reporting } from "./reporting.js";
import { requireFiles, runFiles } from "./run-files.js";
import { loadScenarioFile } from "./scenario-files.js";
import { createShardNetwork } from "./shard-network.js";

interface RunArguments extends CampaignFlags, ReportFlags, QueueFlags {
  readonly files: string[];
  readonly shard?: string | undefined;
  readonly policy?: string | undefined;
  readonly noCompile: boolean;
}

/** `hardhat siege run`: exits with 0 if all survived, 1 if one broke, 2 if none broke and one could not be decided. */
const run: NewTaskActionFunction<RunArguments> = (taskArguments, hre): Promise<FilesResult> =>
  undecidedIfItThrows(async () => {
    const { files, noCompile } = taskArguments;
    const { policy } = taskArguments;
    const flags = { ...readFlags(taskArguments), ...(await proposersOf(policy)) };
    const shard = taskArguments.shard === undefined ? undefined : readShard(taskArguments.shard, "The flag --shard");
    if (policy !== undefined && (shard !== undefined || taskArguments.queue !== undefined)) {
      throw new SiegeError("INVALID_OPTION", {
        message: `siege run was given both ${shard === undefined ? "--queue" : "--shard"} and --policy.`,
        hint: "A policy learns from all runs of a campaign: use it on one machine.",
      });
    }
    requireFiles(files, "run");
    const queue = await queueOf(taskArguments, shard);
    if (!noCompile) {
      const noTests = hre.config.solidity.splitTestsCompilation;
      await hre.tasks.getTask("build").run({ quiet: true, noTests });
    }

    const reporting = await Reporting.of(taskArguments, hre.config);
    const { isSpoken } = reporting;
    const results = await interruptible(async (signal) => {
      if (queue !== undefined) {
        const { runInQueue } = await import("./queue/queue-run.js");
        return runInQueue(files, { ...flags, signal }, queue, isSpoken, hre);
      }
      return runFiles(files, { ...flags, signal }, isSpoken, (file, options) => runFile(file, options, shard, hre));
    });
    return endOf(results, await reporting.deliver(results));
  });

export default run;

/** What is trained is loaded for policies only. */
async function proposersOf(policy: string | undefined): Promise<Pick<CampaignOptions, "proposers">> {
  if (policy === undefined) return {};
  const { trainedAttacker } = await import("../training/adversary/trained-attacker.js");
  return { proposers: [trainedAttacker({ policy })] };
}

/** Packages of queues are loaded for queues only. */
async function queueOf({ queue, priority, recheck }: QueueFlags, shard: Shard | undefined) {
  if (queue === undefined && priority === undefined && recheck === undefined) return undefined;
  const { readQueueFlags } = await import("./queue/queue-run.js");
  if (shard === undefined) return readQueueFlags({ queue, priority, recheck });
  throw new SiegeError("INVALID_OPTION", {
    message: "The flags --queue and --shard exclude each other.",
    hint: "A queue deals the shards by itself: leave --shard out.",
  });
}

async function runFile(
  file: string,
  options: CampaignOptions,
  shard: Shard | undefined,
  hre: HardhatRuntimeEnvironment,
): Promise<FileResult> {
  const factory = await loadScenarioFile(file);
  const connection = await (shard === undefined ? hre.network.create() : createShardNetwork(hre));
  try {
    // before the file's own code sees the connection: it may send transactions
    requireSimulated(connection);
    const { target, scenario } = await factory(connection);
    if (shard === undefined) return { file, result: await connection.siege.run(target, scenario, options) };
    const { runShard } = await import("./shard-run.js");
    return await runShard(connection, { target, scenario }, { file, shard, options }, hre);
  } finally {
    await connection.close();
  }
}
