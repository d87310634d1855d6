import type { HardhatUserConfig } from "hardhat/config";

import type { ScenarioFactory } from "../../src/scenario/define-scenario.js";
import type { trainedAttacker } from "../../src/training/index.js";
/**
 * One campaign of ours in a process of its own, inside the project: `siege-campaign.ts <campaign> <a folder>`. The outcome is
 * written to the folder as outcome.json.
 */
import type {} from "../../src/type-extensions.js";
import type { CampaignResult } from "../../src/types.js";
import type { Outcome, Settings } from "./campaign.js";

import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

/** What is used of the package's training. */
interface Training {
  readonly trainedAttacker: typeof trainedAttacker;
}

/** What siege.ts asks for. */
export interface Asked {
  /** The scenario file, from the project's folder. */
  readonly scenario: string;
  readonly seed: number;
  readonly settings: Settings;
  /** CPU seconds that minimising may take. */
  readonly minimise: number;
  /** The file of a policy that attacks in every second run. */
  readonly policy?: string | undefined;
}

/** The most that an option allows: time is what limits a campaign. */
const RUNS = 1_000_000;

/** How often, in milliseconds, we look at the time that was used. */
const INTERVAL = 10;

const [json = "", folder = ""] = process.argv.slice(2);
const asked = JSON.parse(json) as Asked;
await writeFile(path.join(folder, "outcome.json"), JSON.stringify(await campaign()));
// a search that was aborted may still hold a lane
process.exit(0);

async function campaign(): Promise<Outcome> {
  const { seed, settings, minimise } = asked;
  const root = import.meta.dirname;
  const reproductions = path.join(folder, "reproductions");
  const file = path.join(root, "hardhat.config.ts");
  const { default: config } = (await import(file)) as { readonly default: HardhatUserConfig };
  const hre = await createHardhatRuntimeEnvironment({ ...config, siege: { reproductions } }, { config: file }, root);
  const connection = await hre.network.create();
  const { default: factory } = (await import(path.join(root, asked.scenario))) as { default: ScenarioFactory };
  const { target, scenario } = await factory(connection);

  // deploying is not searching
  const start = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const controller = new AbortController();
  let found: number | undefined;
  const watch = setInterval(() => {
    // a finding is saved as soon as it is confirmed, before it is minimised
    if (found === undefined && hasFiles(reproductions)) found = used();
    if (used() > (found === undefined ? settings.cpu : found + minimise)) controller.abort();
  }, INTERVAL);
  try {
    const { policy } = asked;
    // the package that is installed in the project
    const entry = "hardhat-siege/training";
    const { trainedAttacker } = (await import(entry)) as Training;
    const proposers = policy === undefined ? {} : { proposers: [trainedAttacker({ policy })] };
    const options = { ...settings.options, ...proposers, seed, runs: RUNS, signal: controller.signal };
    const result = await connection.siege.run(target, scenario, options);
    if (found === undefined && hasFiles(reproductions)) found = used();
    return outcomeOf(result, found, used());
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { found: false, verdict: "error", what, cpuOfSearch: used(), cpu: used() };
  } finally {
    clearInterval(watch);
  }
}

function outcomeOf(result: CampaignResult, found: number | undefined, cpu: number): Outcome {
  const { kind, cost } = result;
  const finding = kind === "violation" || kind === "incomplete" ? result.finding : undefined;
  const isFound = finding !== undefined && (found ?? cpu) <= asked.settings.cpu;
  return {
    found: isFound,
    verdict: kind,
    ...whatOf(result),
    ...(isFound ? { cpuToFind: found ?? cpu, run: cost.runs } : {}),
    ...(finding === undefined
      ? {}
      : {
          steps: finding.steps.length > 0 ? finding.steps.length : finding.trace.steps.length,
          isMinimal: kind === "violation",
          sequence: finding.steps.map(({ actor, action }) => `${actor}: ${action}`),
        }),
    cpuOfSearch: found ?? cpu,
    cpu,
    runs: cost.runs,
    calls: cost.searchCalls,
    succeeded: cost.actions,
    trials: cost.trials,
  };
}

function whatOf(result: CampaignResult): { readonly what?: string } {
  if (result.kind === "inconclusive") return { what: result.doubts.map(({ message }) => message).join(" ") };
  if (result.kind === "survived") return {};
  if (result.finding !== undefined) return { what: result.finding.violation.condition };
  return result.kind === "incomplete" && result.error !== undefined ? { what: result.error.message } : {};
}

function hasFiles(directory: string): boolean {
  try {
    return readdirSync(directory, { recursive: true }).length > 0;
  } catch {
    // it is made for the first finding
    return false;
  }
}
