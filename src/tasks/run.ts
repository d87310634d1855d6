import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { CampaignOptions } from "../engine/campaign/options.js";
import type { CampaignFlags } from "./campaign-flags.js";
import type { FileResult } from "./result-json.js";

import { errorResult, successfulResult } from "hardhat/utils/result";

import { SiegeError } from "../errors.js";
import { requireSimulated } from "../plugin/simulated-network.js";

import { readFlags } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { toJson } from "./result-json.js";
import { loadScenarioFile } from "./scenario-files.js";

interface RunArguments extends CampaignFlags {
  readonly files: string[];
  readonly json: boolean;
  readonly noCompile: boolean;
}

type RunResult = Result<readonly FileResult[], readonly FileResult[]>;

/** `hardhat siege run`: exits with 0 if all survived, 1 if one broke, 2 if none broke and one could not be decided. */
const run: NewTaskActionFunction<RunArguments> = (taskArguments, hre): Promise<RunResult> =>
  undecidedIfItThrows(async () => {
    const { files, json, noCompile } = taskArguments;
    const flags = readFlags(taskArguments);
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

    const results = await interruptible((signal) => runFiles(files, { ...flags, signal }, json, hre));
    if (json) console.log(toJson(results));

    const kinds = results.map((entry) => ("result" in entry ? entry.result.kind : "error"));
    if (kinds.length === files.length && kinds.every((kind) => kind === "survived")) return successfulResult(results);
    if (!kinds.includes("violation")) exitUndecided();
    return errorResult(results);
  });

export default run;

/** Sequentially: the campaigns share the processor, and their reports the terminal. */
async function runFiles(
  files: readonly string[],
  options: CampaignOptions & { readonly signal: AbortSignal },
  json: boolean,
  hre: HardhatRuntimeEnvironment,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  for (const file of files) {
    if (options.signal.aborted) break;
    if (!json) announce(file);
    const result = await runFile(file, options, hre);
    if (!json) await print(result);
    results.push(result);
  }
  return results;
}

async function runFile(file: string, options: CampaignOptions, hre: HardhatRuntimeEnvironment): Promise<FileResult> {
  try {
    const factory = await loadScenarioFile(file);
    const connection = await hre.network.create();
    try {
      // before the file's own code sees the connection: it may send transactions
      requireSimulated(connection);
      const { target, scenario } = await factory(connection);
      return { file, result: await connection.siege.run(target, scenario, options) };
    } finally {
      await connection.close();
    }
  } catch (error) {
    // the remaining files still run
    return { file, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Only on a terminal: in a log, the report says it all. */
function announce(file: string): void {
  if (process.stderr.isTTY) process.stderr.write(`Laying siege: ${file}\n`);
}

async function print(entry: FileResult): Promise<void> {
  if ("result" in entry) {
    const { renderResult } = await import("../report/terminal.js");
    console.log(`${renderResult(entry.result)}\n`);
  } else if (SiegeError.isSiegeError(entry.error)) {
    console.error(`${entry.file}: ${entry.error.message}\n`);
  } else {
    // an error in the file's own code: its author needs the stack
    console.error(`${entry.file}:`, entry.error, "\n");
  }
}
