import type {
  Campaign,
  CampaignOutcome,
  FixtureName,
  ThroughputOptions,
  TimeToViolation,
  Workload,
} from "./measures.js";

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { ensureState } from "../state/build.js";

import { throughput, timeToViolation, twinSurvives } from "./measures.js";

const PROJECT = path.resolve(import.meta.dirname, "../forge");

/** Builds the state, and compiles the handlers. */
export async function prepareForge(): Promise<void> {
  await ensureState();
  await forge(["build"], {});
}

/** Calls per second of the handler. */
export async function forgeThroughput(workload: Workload, options: ThroughputOptions = {}): Promise<number[]> {
  return throughput(run, workload, options);
}

/** One campaign against a flawed fixture. */
export async function forgeTimeToViolation(fixture: FixtureName, seed: number): Promise<TimeToViolation> {
  return timeToViolation(run, fixture, seed);
}

/** Whether a fixture's twin survives a campaign of this many runs. */
export async function forgeTwinSurvives(fixture: FixtureName, runs: number): Promise<boolean> {
  return twinSurvives(run, fixture, runs);
}

type Env = Readonly<Record<string, string>>;

/** The parts of forge's result of one test that are needed. */
interface TestResult {
  readonly status: CampaignOutcome["status"];
  readonly reason?: string | null;
  readonly counterexample?: { readonly Sequence?: readonly [number, readonly { readonly func_name: string }[]] } | null;
  readonly kind: {
    readonly Invariant?: {
      readonly calls: number;
      readonly reverts: number;
      readonly metrics: Readonly<Record<string, { readonly calls: number }>>;
    };
  };
}

interface Suite {
  /** `5s 791ms 525µs 869ns` */
  readonly duration: string;
  readonly test_results: Readonly<Record<string, TestResult>>;
}

/** The settings that make forge fastest when there is nothing to find: twice as fast as its defaults. */
const BLIND = {
  FOUNDRY_INVARIANT_SHOW_METRICS: "false",
  FOUNDRY_INVARIANT_CHECK_INTERVAL: "0",
  FOUNDRY_INVARIANT_INCLUDE_STORAGE: "false",
  FOUNDRY_INVARIANT_INCLUDE_PUSH_BYTES: "false",
};

async function run(campaign: Campaign): Promise<CampaignOutcome> {
  const { file, seed, runs, depth, shrinkAttempts, blind, timeout } = campaign;
  // a remembered failure would be replayed first
  const failures = await mkdtemp(path.join(tmpdir(), "siege-bench-"));
  try {
    const output = await forge(["test", "--json", "--match-contract", `^${file}Test$`], {
      FOUNDRY_FUZZ_SEED: String(seed),
      FOUNDRY_INVARIANT_RUNS: String(runs),
      FOUNDRY_INVARIANT_DEPTH: String(depth),
      FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: String(shrinkAttempts),
      FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR: failures,
      ...(timeout === undefined ? {} : { FOUNDRY_INVARIANT_TIMEOUT: String(timeout) }),
      ...(blind ? BLIND : {}),
    });
    return outcomeOf(file, JSON.parse(output) as Readonly<Record<string, Suite>>);
  } finally {
    await rm(failures, { recursive: true, force: true });
  }
}

function outcomeOf(file: string, suites: Readonly<Record<string, Suite>>): CampaignOutcome {
  const [suite] = Object.values(suites);
  const [test] = Object.values(suite?.test_results ?? {});
  if (suite === undefined || test === undefined) throw new Error(`forge ran no test of ${file}.`);
  const invariant = test.kind.Invariant;
  // a reverting setUp() is a failure, too, but not the one we look for
  if (invariant === undefined) throw new Error(`${file}: ${test.reason ?? test.status}`);
  return {
    status: test.status,
    seconds: secondsOf(suite.duration),
    calls: invariant.calls,
    reverts: invariant.reverts,
    callsInAll: Object.values(invariant.metrics).reduce((sum, { calls }) => sum + calls, 0),
    sequence: (test.counterexample?.Sequence?.[1] ?? []).map(({ func_name }) => func_name),
  };
}

/** @returns its output; a failing test is not an error */
async function forge(args: readonly string[], env: Env): Promise<string> {
  const options = { cwd: PROJECT, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
  return new Promise((resolve, reject) => {
    execFile(binary(), [...args], options, (error, stdout, stderr) => {
      if (error === null || (args[0] === "test" && stdout.startsWith("{"))) resolve(stdout);
      else reject(new Error(`forge ${args.join(" ")}: ${stdout}${stderr}`, { cause: error }));
    });
  });
}

/** The forge binary itself, without npm's wrapper script. */
function binary(): string {
  const platform = process.platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  return createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}-${arch}/bin/forge`);
}

function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 };
  return duration.split(" ").reduce((sum, part) => {
    const [, number = "", unit = ""] = /^(\d+)(\D+)$/.exec(part) ?? [];
    return sum + Number(number) * (units[unit] ?? Number.NaN);
  }, 0);
}
