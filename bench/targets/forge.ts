import type { Campaign, Outcome, Runner } from "./campaign.js";
import type { Ended } from "./process.js";
import type { Target } from "./target.js";

import { createRequire } from "node:module";

import { runProcess, withFolder } from "./process.js";
import { forgeProject } from "./project.js";
import { testOf } from "./target.js";

/** Its default. */
const SHRINK_ATTEMPTS = 5_000;

/** The most that it takes: time is what limits a campaign. */
const RUNS = 2 ** 32 - 1;

/** The parts of forge's result of one test that are needed. */
interface TestResult {
  readonly status: string;
  readonly reason?: string | null;
  readonly counterexample?: { readonly Sequence?: readonly [number, readonly { readonly func_name: string }[]] } | null;
  readonly kind: {
    readonly Invariant?: {
      readonly runs: number;
      readonly calls: number;
      readonly metrics: Readonly<Record<string, { readonly calls: number }>>;
    };
  };
}

type Suites = Readonly<Record<string, { readonly test_results: Readonly<Record<string, TestResult>> }>>;

/** forge's invariant tests. */
export async function forgeRunner(folder: string, targets: readonly Target[]): Promise<Runner> {
  const project = await forgeProject(folder, targets);
  const built = await runProcess(binary(), ["build"], { cwd: project });
  if (built.code !== 0) throw new Error(`The targets do not compile:\n${built.stdout}${built.stderr}`);
  return {
    build:
      /Version: (\S+)/.exec((await runProcess(binary(), ["--version"], { cwd: project })).stdout)?.[1] ?? "unknown",
    run: async (campaign) => {
      const { cpu } = campaign.settings;
      const search = outcomeOf(await play(project, campaign, 0, cpu), campaign);
      if (!search.found) return search;
      // the same sequence is found again, and shrunk
      const shrunk = outcomeOf(await play(project, campaign, SHRINK_ATTEMPTS), campaign);
      const { steps, sequence } = shrunk;
      return { ...search, cpu: shrunk.cpu, ...(steps === undefined ? {} : { steps, sequence: sequence ?? [] }) };
    },
  };
}

async function play(project: string, campaign: Campaign, shrinkAttempts: number, cpu?: number): Promise<Ended> {
  const { target, variant, seed, settings } = campaign;
  const pattern = `^${testOf(target, variant)}$`;
  return withFolder((folder) =>
    runProcess(binary(), ["test", "--json", "--match-contract", pattern], {
      cwd: project,
      env: {
        FOUNDRY_FUZZ_SEED: String(seed),
        FOUNDRY_INVARIANT_RUNS: String(RUNS),
        FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: String(shrinkAttempts),
        FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR: folder,
        ...(settings.depth === undefined ? {} : { FOUNDRY_INVARIANT_DEPTH: String(settings.depth) }),
      },
      ...(cpu === undefined ? {} : { cpu }),
    }),
  );
}

function outcomeOf({ stdout, stderr, cpu, isCut }: Ended, { target, settings }: Campaign): Outcome {
  // when it is interrupted, forge tells nothing
  if (isCut) return { found: false, verdict: "cut", cpuOfSearch: cpu, cpu };
  if (!stdout.startsWith("{")) throw new Error(`forge on ${target.name}: ${stdout}${stderr}`);
  const [suite] = Object.values(JSON.parse(stdout) as Suites);
  const [named] = Object.entries(suite?.test_results ?? {});
  if (named === undefined) throw new Error(`forge ran no test of ${target.name}.`);
  const [name, test] = named;
  const invariant = test.kind.Invariant;
  // a reverting setUp() is a failure, too, but not the one we look for
  if (invariant === undefined) {
    return { found: false, verdict: "error", what: test.reason ?? test.status, cpuOfSearch: cpu, cpu };
  }
  const found = test.status === "Failure";
  const sequence = (test.counterexample?.Sequence?.[1] ?? []).map(({ func_name }) => func_name);
  return {
    found: found && cpu <= settings.cpu,
    verdict: test.status,
    what: test.reason ?? name,
    ...(found ? { cpuToFind: cpu, run: invariant.runs + 1, steps: sequence.length } : {}),
    cpuOfSearch: cpu,
    cpu,
    runs: invariant.runs,
    calls: Object.values(invariant.metrics).reduce((sum, { calls }) => sum + calls, 0),
    sequence,
  };
}

/** The forge binary itself, without npm's wrapper script. */
function binary(): string {
  const platform = process.platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  return createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}-${arch}/bin/forge`);
}
