import type { FixtureName, TimeToViolation, Workload } from "./measures.js";

import { execFile } from "node:child_process";
import { access, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

import { median } from "../samples.js";
import { buildState, STATE } from "../state/build.js";
import { DEPTH, MAX_RUNS, MAX_SECONDS } from "./measures.js";

const PROJECT = path.resolve(import.meta.dirname, "../forge");

/** Calls of a sample, by workload: about ten seconds. In sequences of 500, forge's default. */
const CALLS: Readonly<Record<Workload, number>> = { counter: 400_000, swap: 50_000, aave: 40_000 };
const SEQUENCE = 500;

const CONTRACTS: Readonly<Record<Workload, string>> = { counter: "CounterTest", swap: "SwapTest", aave: "AaveTest" };

/** forge's default. */
const SHRINK_ATTEMPTS = 5_000;

const SAMPLES = 5;

/**
 * What makes forge fastest when there is nothing to find: no statistics, no look at the invariant between calls, and no
 * collecting of interesting values.
 */
const FASTEST = {
  FOUNDRY_INVARIANT_SHOW_METRICS: "false",
  FOUNDRY_INVARIANT_CHECK_INTERVAL: "0",
  FOUNDRY_INVARIANT_INCLUDE_STORAGE: "false",
  FOUNDRY_INVARIANT_INCLUDE_PUSH_BYTES: "false",
};

/** Options of {@link forgeThroughput}. */
export interface ThroughputOptions {
  /**
   * Campaigns at the same time, default 1. forge runs one invariant on one thread, whatever `--threads` says, so each is a
   * process of its own; their calls are added up.
   */
  readonly workers?: number;
  readonly samples?: number;
}

/** Makes what is not there yet: the state, and the compiled handlers. */
export async function prepareForge(): Promise<void> {
  await access(path.join(STATE, "throughput.json")).catch(buildState);
  await run(["build"], {});
}

/** Calls a second of the handler: setUp and everything else that a campaign of one call takes is subtracted. */
export async function forgeThroughput(workload: Workload, options: ThroughputOptions = {}): Promise<number[]> {
  const { workers = 1, samples = SAMPLES } = options;
  const seconds = async (calls: number, seed: number): Promise<number> => {
    const depth = Math.min(calls, SEQUENCE);
    const startedAt = performance.now();
    const campaigns = Array.from({ length: workers }, async (_, worker) =>
      test(CONTRACTS[workload], {
        ...FASTEST,
        FOUNDRY_INVARIANT_RUNS: String(calls / depth),
        FOUNDRY_INVARIANT_DEPTH: String(depth),
        FOUNDRY_FUZZ_SEED: String(seed * workers + worker),
      }),
    );
    for (const { status, kind } of await Promise.all(campaigns)) {
      if (status === "Success" && kind.Invariant?.calls === calls && kind.Invariant.reverts === 0) continue;
      throw new Error(`${workload}: ${JSON.stringify({ status, kind })}, not ${calls} calls without a revert`);
    }
    return (performance.now() - startedAt) / 1_000;
  };
  const idle = [await seconds(1, 1), await seconds(1, 2), await seconds(1, 3)];
  const rates: number[] = [];
  for (let seed = 1; seed <= samples; seed++) {
    const spent = (await seconds(CALLS[workload], seed)) - median(idle);
    rates.push((CALLS[workload] * workers) / spent);
  }
  return rates;
}

/** One campaign until the violation, and the same one again with shrinking. */
export async function forgeTimeToViolation(fixture: FixtureName, seed: number): Promise<TimeToViolation> {
  const search = await test(`${fixture}Test`, campaign({ seed, shrinkAttempts: 0 }));
  const found = search.status === "Failure";
  const missed = { steps: 0, events: 0, shrinkSeconds: 0, sequence: [] };
  if (!found) return { found, seconds: search.seconds, calls: callsOf(search), ...missed };
  const shrunk = await test(`${fixture}Test`, campaign({ seed, shrinkAttempts: SHRINK_ATTEMPTS }));
  const sequence = (shrunk.counterexample?.Sequence?.[1] ?? []).map(({ func_name }) => func_name);
  return {
    found,
    seconds: search.seconds,
    calls: callsOf(search),
    steps: sequence.length,
    events: sequence.filter((name) => name !== "nextBlock").length,
    shrinkSeconds: Math.max(0, shrunk.seconds - search.seconds),
    sequence,
  };
}

/** Whether a fixture's twin survives a campaign. @param runs - of {@link DEPTH} calls each */
export async function forgeTwinSurvives(fixture: FixtureName, runs: number): Promise<boolean> {
  const { status } = await test(`${fixture}FixedTest`, campaign({ seed: 1, shrinkAttempts: 0, runs }));
  return status === "Success";
}

function campaign(options: { readonly seed: number; readonly shrinkAttempts: number; readonly runs?: number }): Env {
  const { seed, shrinkAttempts, runs = MAX_RUNS } = options;
  return {
    FOUNDRY_INVARIANT_RUNS: String(runs),
    FOUNDRY_INVARIANT_DEPTH: String(DEPTH),
    FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: String(shrinkAttempts),
    FOUNDRY_INVARIANT_TIMEOUT: String(MAX_SECONDS),
    FOUNDRY_FUZZ_SEED: String(seed),
  };
}

type Env = Readonly<Record<string, string>>;

/** What forge says of one test; only what is needed. */
interface TestResult {
  readonly status: "Success" | "Failure" | "Skipped";
  readonly reason?: string | null;
  readonly counterexample?: { readonly Sequence?: readonly [number, readonly { readonly func_name: string }[]] } | null;
  readonly kind: {
    readonly Invariant?: {
      readonly runs: number;
      readonly calls: number;
      readonly reverts: number;
      readonly metrics: Readonly<Record<string, { readonly calls: number }>>;
    };
  };
}

interface Suite {
  readonly duration: string;
  readonly test_results: Readonly<Record<string, TestResult>>;
}

/** Runs the one invariant of a contract, in a process of its own that remembers no failure. */
async function test(contract: string, env: Env): Promise<TestResult & { readonly seconds: number }> {
  const failures = await mkdtemp(path.join(tmpdir(), "siege-bench-"));
  try {
    const memory = { FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR: failures };
    const output = await run(["test", "--json", "--match-contract", `^${contract}$`], { ...env, ...memory });
    const suites = Object.values(JSON.parse(output) as Readonly<Record<string, Suite>>);
    const [result] = suites.flatMap(({ duration, test_results }) =>
      Object.values(test_results).map((only) => ({ ...only, seconds: secondsOf(duration) })),
    );
    if (result === undefined) throw new Error(`forge ran no test of ${contract}.`);
    // a test that fails before it has called anything has not found anything
    if (result.kind.Invariant === undefined) throw new Error(`${contract}: ${result.reason ?? result.status}`);
    return result;
  } finally {
    await rm(failures, { recursive: true, force: true });
  }
}

/** @returns what it prints; a test that fails is no error */
async function run(args: readonly string[], env: Env): Promise<string> {
  const options = { cwd: PROJECT, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
  return new Promise((resolve, reject) => {
    execFile(binary(), [...args], options, (error, stdout, stderr) => {
      if (error === null || (args[0] === "test" && stdout.startsWith("{"))) resolve(stdout);
      else reject(new Error(`forge ${args.join(" ")}: ${stdout}${stderr}`, { cause: error }));
    });
  });
}

/** forge itself, without the script that npm puts before it. */
function binary(): string {
  const platform = process.platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  return createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}-${arch}/bin/forge`);
}

/** `5s 791ms 525µs 869ns` */
function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 };
  return duration.split(" ").reduce((sum, part) => {
    const [, number = "", unit = ""] = /^(\d+)(\D+)$/.exec(part) ?? [];
    return sum + Number(number) * (units[unit] ?? Number.NaN);
  }, 0);
}

/** The metrics count the calls of the run that failed, which `calls` does not. */
function callsOf({ kind }: TestResult): number {
  return Object.values(kind.Invariant?.metrics ?? {}).reduce((sum, { calls }) => sum + calls, 0);
}
