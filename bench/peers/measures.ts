import { median } from "../samples.js";

/** The repeated calls; bench/workloads.md lists them. */
export type Workload = "counter" | "pair" | "swap" | "aave";

export const WORKLOADS: readonly Workload[] = ["counter", "pair", "swap", "aave"];

/** The fixtures of test/fixtures, all of which a handler can express. */
export type FixtureName = "SpotLendingVault" | "LeveragedVault" | "InflatableVault" | "OptionsVault" | "CoupledVault";

export const FIXTURE_NAMES: readonly FixtureName[] = [
  "SpotLendingVault",
  "LeveragedVault",
  "InflatableVault",
  "OptionsVault",
  "CoupledVault",
];

/** A campaign of a peer's invariant runner. */
export interface Campaign {
  /** The handler's file, without `.t.sol`; its test is called `<file>Test`. */
  readonly file: string;
  readonly seed: number;
  readonly runs: number;
  /** Calls per run. */
  readonly depth: number;
  readonly shrinkAttempts: number;
  /** As fast as possible, because there is nothing to find: no statistics, nothing collected for inputs. */
  readonly blind: boolean;
  /** Seconds; if set, `runs` is ignored, because both runners continue until the time is up. */
  readonly timeout?: number;
}

/** The outcome of a campaign. */
export interface CampaignOutcome {
  readonly status: "Success" | "Failure" | "Skipped";
  /** By the runner's own clock: setUp() and the campaign, without compiling. */
  readonly seconds: number;
  /** Calls of the runs that did not fail. */
  readonly calls: number;
  readonly reverts: number;
  /** Calls of all runs; 0 for a blind campaign. */
  readonly callsInAll: number;
  /** The functions of the counterexample. */
  readonly sequence: readonly string[];
}

/** Runs a campaign in a process of its own, which remembers nothing of others. */
export type Runner = (campaign: Campaign) => Promise<CampaignOutcome>;

/** Options of the throughput measurements. */
export interface ThroughputOptions {
  /**
   * Concurrent campaigns, default 1; their calls are added up. Each is a process of its own: both runners play one
   * invariant on one thread, forge whatever `--threads` says.
   */
  readonly workers?: number;
  /** Default 5. */
  readonly samples?: number;
}

/** The result of a campaign against a flawed fixture. */
export interface TimeToViolation {
  readonly found: boolean;
  /**
   * Seconds of the campaign, up to the violation or the cap; without compiling. A campaign of one call takes 0.08 s with
   * forge, 0.01 s with Hardhat: setUp() and any other overhead is included.
   */
  readonly seconds: number;
  /** Calls of the handler up to the violation, including those that reverted. */
  readonly calls: number;
  /** Length of the shrunk sequence; 0 if nothing was found. */
  readonly steps: number;
  /** The steps that do more than advance blocks, which our own traces do not count. */
  readonly events: number;
  /** Additional time for shrinking. */
  readonly shrinkSeconds: number;
  /** The shrunk sequence, by function. */
  readonly sequence: readonly string[];
}

/** Calls per throughput sample, in runs of 500 calls, which is both runners' default. */
const CALLS: Readonly<Record<Workload, number>> = { counter: 400_000, pair: 80_000, swap: 40_000, aave: 30_000 };
const LONG_RUN = 500;

/** Calls per run against a fixture: enough for 30 blocks when one call in eight advances 2.5 blocks on average. */
const DEPTH = 100;

/** Seconds after which a campaign without a finding counts as a miss. */
const MAX_SECONDS = 120;

/** Both runners' default. */
const SHRINK_ATTEMPTS = 5_000;

const FILES: Readonly<Record<Workload, string>> = { counter: "Counter", pair: "Pair", swap: "Swap", aave: "Aave" };

/** Calls per second, after subtracting the time of a campaign of one call: setUp() and the start of the process. */
export async function throughput(run: Runner, workload: Workload, options: ThroughputOptions): Promise<number[]> {
  const { workers = 1, samples = 5 } = options;
  const seconds = async (calls: number, seed: number): Promise<number> => {
    const depth = Math.min(calls, LONG_RUN);
    const startedAt = performance.now();
    const campaigns = Array.from({ length: workers }, async (_, worker) =>
      run({
        file: FILES[workload],
        seed: seed * workers + worker,
        runs: calls / depth,
        depth,
        shrinkAttempts: 0,
        blind: true,
      }),
    );
    for (const outcome of await Promise.all(campaigns)) {
      if (outcome.status === "Success" && outcome.calls === calls && outcome.reverts === 0) continue;
      throw new Error(`${workload}: not ${calls} calls without a revert: ${JSON.stringify(outcome)}`);
    }
    return (performance.now() - startedAt) / 1_000;
  };
  const idle = median([await seconds(1, 1), await seconds(1, 2), await seconds(1, 3)]);
  const rates: number[] = [];
  for (let seed = 1; seed <= samples; seed++) {
    rates.push((CALLS[workload] * workers) / ((await seconds(CALLS[workload], seed)) - idle));
  }
  return rates;
}

/** One campaign up to the violation, and the same one again with shrinking. */
export async function timeToViolation(run: Runner, fixture: FixtureName, seed: number): Promise<TimeToViolation> {
  const campaign: Campaign = { ...siege(fixture, seed), timeout: MAX_SECONDS };
  const search = await run(campaign);
  const { seconds, callsInAll: calls } = search;
  if (search.status !== "Failure") {
    return { found: false, seconds, calls, steps: 0, events: 0, shrinkSeconds: 0, sequence: [] };
  }
  const { sequence, ...shrunk } = await run({ ...campaign, shrinkAttempts: SHRINK_ATTEMPTS });
  if (shrunk.status !== "Failure") throw new Error(`${fixture}: seed ${seed} does not find the same thing twice.`);
  return {
    found: true,
    seconds,
    calls,
    steps: sequence.length,
    events: sequence.filter((name) => name !== "nextBlock").length,
    shrinkSeconds: Math.max(0, shrunk.seconds - seconds),
    sequence,
  };
}

/** Whether a fixture's twin survives a campaign of this many runs. */
export async function twinSurvives(run: Runner, fixture: FixtureName, runs: number): Promise<boolean> {
  const { status, callsInAll } = await run({ ...siege(fixture, 1), file: `${fixture}Fixed`, runs });
  return status === "Success" && callsInAll >= runs * DEPTH;
}

function siege(file: string, seed: number): Campaign {
  return { file, seed, runs: 1, depth: DEPTH, shrinkAttempts: 0, blind: false };
}
