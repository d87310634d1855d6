import type {
  Campaign,
  CampaignOutcome,
  FixtureName,
  ThroughputOptions,
  TimeToViolation,
  Workload,
} from "./measures.js";

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { ensureState, STATE } from "../state/build.js";

import { handlerProject } from "./hardhat-project.js";
import { throughput, timeToViolation, twinSurvives } from "./measures.js";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Builds the state, and compiles the handlers. */
export async function prepareHardhat(): Promise<void> {
  await ensureState();
  const hre = await handlerProject();
  await hre.tasks.getTask("build").run({ quiet: true });
}

/** Calls per second of the handler. */
export async function hardhatThroughput(workload: Workload, options: ThroughputOptions = {}): Promise<number[]> {
  return throughput(run, workload, options);
}

/** One campaign against a flawed fixture. */
export async function hardhatTimeToViolation(fixture: FixtureName, seed: number): Promise<TimeToViolation> {
  return timeToViolation(run, fixture, seed);
}

/** Whether a fixture's twin survives a campaign of this many runs. */
export async function hardhatTwinSurvives(fixture: FixtureName, runs: number): Promise<boolean> {
  return twinSurvives(run, fixture, runs);
}

async function run(campaign: Campaign): Promise<CampaignOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-bench-"));
  try {
    const script = path.join(import.meta.dirname, "hardhat-campaign.ts");
    const command = ["--import", "tsx/esm", script, JSON.stringify(campaign), folder];
    // Hardhat sets an exit code when a test fails, which is what we want to happen
    const options = { cwd: ROOT, env: { ...process.env, BENCH_STATE: STATE }, maxBuffer: 2 ** 28 };
    const failed = await promisify(execFile)(process.execPath, command, options).then(
      () => undefined,
      (error: unknown) => error,
    );
    const outcome = await readFile(path.join(folder, "outcome.json"), "utf8").catch(() => {
      throw new Error(`Hardhat's campaign of ${campaign.file} produced no outcome.`, { cause: failed });
    });
    return JSON.parse(outcome) as CampaignOutcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
