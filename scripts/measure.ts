/**
 * `npm run measure` (SIEGE_SEEDS=20): the cost of campaigns, and how many runs the search needs. Writes docs/cost.md. Times are
 * those of one machine on one day; runs and steps are the same everywhere.
 */
import type { CampaignResult } from "../src/engine/campaign/campaign-result.js";
import type { Siegeable } from "../test/fixtures/all.js";
import type { Variant } from "../test/fixtures/fixture.js";

import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import path from "node:path";

import { FIXTURES } from "../test/fixtures/all.js";
import { createSiegeFork } from "../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../test/mini-mainnet/fork-source.js";

const SEEDS = Number(process.env.SIEGE_SEEDS ?? 20);
const ROOT = path.resolve(import.meta.dirname, "..");

interface Campaign {
  readonly seed: number;
  readonly result: CampaignResult;
  readonly seconds: number;
}

const source = await miniMainnetSource();
const rows: string[] = [];
const twins: string[] = [];
let peak = 0;
let first = 0;
for (const fixture of FIXTURES) {
  const flawed = await campaigns(fixture, "flawed");
  const found = flawed.flatMap(({ result, seconds }) =>
    result.kind === "violation" ? [{ result, finding: result.finding, seconds }] : [],
  );
  const missed = flawed.filter(({ result }) => result.kind !== "violation").map(({ seed }) => seed);
  const runs = found.map(({ finding }) => finding.run);
  rows.push(
    cells(
      fixture.name,
      `${String(found.length)} of ${String(SEEDS)}${missed.length === 0 ? "" : ` (not ${missed.join(", ")})`}`,
      `${String(median(runs))} (${String(Math.min(...runs))} to ${String(Math.max(...runs))})`,
      range(found.map(({ finding }) => finding.trace.steps.length)),
      String(fixture.steps),
      String(median(found.map(({ result }) => result.cost.totalRuns - result.cost.runs))),
      median(found.map(({ result }) => result.cost.searchSeconds)).toFixed(1),
      median(found.map(({ seconds }) => seconds)).toFixed(1),
    ),
  );
  const fixed = await campaigns(fixture, "fixed");
  const broken = fixed.filter(({ result }) => result.kind !== "survived").map(({ seed }) => seed);
  const total = (of: (result: CampaignResult) => number): number =>
    fixed.reduce((sum, { result }) => sum + of(result), 0);
  const seconds = fixed.reduce((sum, campaign) => sum + campaign.seconds, 0);
  twins.push(
    cells(
      `${fixture.name}Fixed`,
      `${String(fixed.length - broken.length)} of ${String(SEEDS)}${broken.length === 0 ? "" : ` (not ${broken.join(", ")})`}`,
      (seconds / fixed.length).toFixed(1),
      (total(({ cost }) => cost.totalRuns) / seconds).toFixed(0),
      (total(({ cost }) => cost.blocks) / seconds).toFixed(0),
      (total(({ cost }) => cost.calls) / seconds).toFixed(0),
    ),
  );
}
await source.close();

await mkdir(path.join(ROOT, "docs"), { recursive: true });
await writeFile(
  path.join(ROOT, "docs/cost.md"),
  `# What a campaign costs

Written by \`npm run measure\`: every fixture on a fork of a miniature mainnet, seeds 1 to ${String(SEEDS)}, with the default budget of
200 runs, the batched executor and one lane. Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, ${String(cpus().length)} cores;
peak memory of the one process that ran them all ${String(Math.round(peak / 1e6))} MB, after its first campaign ${String(Math.round(first / 1e6))} MB.
Runs and steps are the same on every machine. Seconds are not.

## To the violation, and to the minimum

| fixture | found | runs to the violation: median (range) | minimal steps | by hand | runs to the minimum | s to the violation | s in all |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}

## Fixed twins

| twin | survived | s a campaign | runs/s | blocks/s | calls/s |
|---|---|---|---|---|---|
${twins.join("\n")}
`,
);

async function campaigns(fixture: Siegeable, variant: Variant): Promise<readonly Campaign[]> {
  const done: Campaign[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    // a fork of its own: no regression of another seed is replayed first
    const fork = await createSiegeFork(source);
    const vault = await fixture.deploy(fork, variant);
    const { siege } = fork.connection;
    const startedAt = performance.now();
    const result = await siege.run(vault, siege.scenario(fixture.scenario(fork, vault)), { seed });
    const seconds = (performance.now() - startedAt) / 1000;
    done.push({ seed, result, seconds });
    const { rss } = process.memoryUsage();
    peak = Math.max(peak, rss);
    if (first === 0) first = rss;
    const run =
      result.kind === "violation"
        ? `run ${String(result.finding.run)}, ${String(result.finding.steps.length)} steps`
        : "";
    console.log(`${fixture.name} ${variant}, seed ${String(seed)}: ${result.kind} ${run} ${seconds.toFixed(1)} s`);
    await fork.close();
  }
  return done;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${String(least)} to ${String(most)}`;
}

function cells(...values: readonly string[]): string {
  return `| ${values.join(" | ")} |`;
}
