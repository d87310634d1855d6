/**
 * One campaign of Hardhat's Solidity test runner in a process of its own, inside the project: `hardhat-campaign.ts <campaign>
 * <a folder>`. The outcome is written to the folder as outcome.json.
 */
import type { SuiteResult } from "@nomicfoundation/edr";
import type { HardhatUserConfig } from "hardhat/config";

import type { Outcome, Settings } from "./campaign.js";

import { writeFileSync } from "node:fs";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

/** What hardhat.ts asks for. */
export interface Asked {
  /** The file with the test, from the project's folder. */
  readonly test: string;
  readonly seed: number;
  readonly settings: Settings;
  readonly shrinkAttempts: number;
}

/** The most that it takes: time is what limits a campaign. */
const RUNS = 2 ** 32 - 1;

/** How often, in milliseconds, we look at the time that was used. */
const INTERVAL = 10;

const [json = "", folder = ""] = process.argv.slice(2);
const { test, seed, settings, shrinkAttempts } = JSON.parse(json) as Asked;
const root = import.meta.dirname;
const file = path.join(root, "hardhat.config.ts");
const { default: config } = (await import(file)) as { readonly default: HardhatUserConfig };
const invariant = {
  runs: RUNS,
  ...(settings.depth === undefined ? {} : { depth: settings.depth }),
  failOnRevert: false,
  shrinkRunLimit: shrinkAttempts,
  failurePersistDir: path.join(folder, "failures"),
};
const hre = await createHardhatRuntimeEnvironment(
  { ...config, test: { solidity: { fuzz: { seed: `0x${seed.toString(16)}` }, invariant } } },
  { config: file },
  root,
);
const start = process.cpuUsage();
const watch = setInterval(() => {
  if (shrinkAttempts > 0 || used() <= settings.cpu) return;
  // the runner cannot be stopped in any other way, and then tells nothing
  end({ found: false, verdict: "cut", cpuOfSearch: used(), cpu: used() });
}, INTERVAL);
const result = (await hre.tasks.getTask(["test", "solidity"]).run({
  testFiles: [path.join(root, test)],
  noCompile: true,
})) as { readonly value?: Results; readonly error?: Results };
clearInterval(watch);
end(outcomeOf(result.value ?? result.error, used()));

/** The task's result. */
interface Results {
  readonly suiteResults: readonly SuiteResult[];
}

function outcomeOf(results: Results | undefined, cpu: number): Outcome {
  const ended = results?.suiteResults[0]?.testResults[0];
  if (ended === undefined) throw new Error(`Hardhat ran no test of ${test}.`);
  const { kind, counterexample, reason, status } = ended;
  // a reverting setUp() is a failure, too, but not the one we look for
  if (!("metrics" in kind)) return { found: false, verdict: "error", what: reason ?? status, cpuOfSearch: cpu, cpu };
  const verdict: string = status;
  const found = verdict === "Failure";
  const sequence = counterexample !== undefined && "sequence" in counterexample ? counterexample.sequence : [];
  return {
    found: found && cpu <= settings.cpu,
    verdict,
    what: reason ?? ended.name,
    ...(found ? { cpuToFind: cpu, run: Number(kind.runs) + 1, steps: sequence.length } : {}),
    cpuOfSearch: cpu,
    cpu,
    runs: Number(kind.runs),
    calls: Object.values(kind.metrics).reduce((sum, { calls }) => sum + Number(calls), 0),
    sequence: sequence.map(({ signature = "" }) => signature.split("(")[0] ?? ""),
  };
}

function used(): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function end(outcome: Outcome): never {
  writeFileSync(path.join(folder, "outcome.json"), JSON.stringify(outcome));
  process.exit(0);
}
