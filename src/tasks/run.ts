import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";

import type { CampaignOptions } from "../engine/campaign/options.js";
import type { Shard } from "../engine/shards/job.js";
import type { FileResult } from "../report/file-result.js";
import type { CampaignFlags } from "./campaign-flags.js";
import type { FilesResult } from "./outcome-of-files.js";
import type { ReportFlags } from "./reporting.js";

import path from "node:path";

import { readShard } from "../engine/shards/job.js";
import { SiegeError } from "../errors.js";
import { requireSimulated } from "../plugin/simulated-network.js";

import { readFlags } from "./campaign-flags.js";
import { undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { endOf, printResult } from "./outcome-of-files.js";
import { CampaignDisplay } from "./progress/campaign-display.js";
import { Reporting } from "./reporting.js";
import { loadScenarioFile } from "./scenario-files.js";
import { createShardNetwork } from "./shard-network.js";

interface RunArguments extends CampaignFlags, ReportFlags {
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
    const { trainedAttacker } = await import("../training/adversary/trained-attacker.js");
    const proposers = policy === undefined ? {} : { proposers: [trainedAttacker({ policy })] };
    const flags = { ...readFlags(taskArguments), ...proposers };
    const shard = taskArguments.shard === undefined ? undefined : readShard(taskArguments.shard, "The flag --shard");
    if (shard !== undefined && policy !== undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege run was given both --shard and --policy.",
        hint: "A policy learns from all runs of a campaign: use it on one machine.",
      });
    }
    if (files.length === 0) {
      throw new SiegeError("NO_SCENARIO_FILE", {
        message: "siege run was given no scenario files.",
        hint: "Name them: npx hardhat siege run siege/*.scenario.ts.",
      });
    }
    if (!noCompile) {
      const noTests = hre.config.solidity.splitTestsCompilation;
      await hre.tasks.getTask("build").run({ quiet: true, noTests });
    }

    const reporting = await Reporting.of(taskArguments, hre.config);
    const { isSpoken } = reporting;
    const results = await interruptible((signal) => runFiles(files, { ...flags, signal }, { isSpoken, shard }, hre));
    return endOf(results, await reporting.deliver(results));
  });

export default run;

/** Sequentially: the campaigns share the processor, and their reports the terminal. */
async function runFiles(
  files: readonly string[],
  options: CampaignOptions & { readonly signal: AbortSignal },
  { isSpoken, shard }: { readonly isSpoken: boolean; readonly shard: Shard | undefined },
  hre: HardhatRuntimeEnvironment,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  const display = new CampaignDisplay(process.stderr, { isSpoken });
  const { progress } = display;
  for (const file of files) {
    display.begin(path.basename(file).replace(/\.scenario\.[cm]?[jt]s$/, ""));
    const result = options.signal.aborted ? unplayed(file) : await runFile(file, { ...options, progress }, shard, hre);
    display.clear();
    if (isSpoken) await printResult(result);
    results.push(result);
  }
  return results;
}

async function runFile(
  file: string,
  options: CampaignOptions,
  shard: Shard | undefined,
  hre: HardhatRuntimeEnvironment,
): Promise<FileResult> {
  try {
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
  } catch (error) {
    // the remaining files still run
    return { file, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What was asked for and is not in any result would look like a pass. */
function unplayed(file: string): FileResult {
  const message = "It was not played: the siege was interrupted before.";
  return { file, error: new SiegeError("INCOMPLETE", { message, hint: "Run it again." }) };
}
