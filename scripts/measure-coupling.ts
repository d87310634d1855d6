/**
 * Measures how often the code that a finding names is the code that the fixed twin changes, over the fixtures, those of the presets
 * and the targets of the bench, and writes the table into docs/coupling.md. Takes names to measure only those, and then prints.
 */
import type { Scenario } from "../src/types.js";
import type { Fixture } from "../test/fixtures/fixture.js";
import type { SiegeFork } from "../test/helpers/siege-fork.js";
import type { Measured } from "./coupling/measured.js";

import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { compile } from "../bench/targets/hardhat.js";
import { hardhatProject } from "../bench/targets/project.js";
import { buildOf } from "../bench/targets/siege.js";
import { targetsIn } from "../bench/targets/target.js";
import { FIXTURES } from "../test/fixtures/all.js";
import { compileFixtures } from "../test/fixtures/artifact.js";
import { PRESET_FIXTURES } from "../test/fixtures/presets/all.js";
import { prepared } from "../test/fixtures/presets/besiege.js";
import { createSiegeFork } from "../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../test/mini-mainnet/fork-source.js";

import { sourcesWith } from "./coupling/build-infos.js";
import { functionRank, hits, lineRank } from "./coupling/measured.js";
import { plantedLines } from "./coupling/planted-lines.js";

const ROOT = path.resolve(import.meta.dirname, "..");

const SEED = Number(process.env.SEED ?? "1");

const DOCUMENT = path.join(ROOT, "docs/coupling.md");

/** Between these lines, the document is written by this script. */
const [BEGIN, END] = ["<!-- measured -->", "<!-- /measured -->"];

/** Its twin has the same code and is set up otherwise. */
const WITHOUT_PLANTED_LINE = new Set(["GovernedVault"]);

const only = new Set(process.argv.slice(2));
const measured = [...(await measureFixtures()), ...(await measureTargets())];
const table = tableOf(measured);
console.log(table);
if (only.size === 0) {
  const text = await readFile(DOCUMENT, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  await writeFile(DOCUMENT, `${before}${BEGIN}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ""}`);
}
process.exit(0);

async function measureFixtures(): Promise<readonly Measured[]> {
  await compileFixtures();
  const source = await miniMainnetSource();
  const results: Measured[] = [];
  for (const fixture of [...FIXTURES, ...PRESET_FIXTURES]) {
    const { name } = fixture;
    if (WITHOUT_PLANTED_LINE.has(name) || (only.size > 0 && !only.has(name))) continue;
    const planted = plantedLines(await sourcesWith(name, path.join(ROOT, "artifacts")), name, `${name}Fixed`);
    const fork = await createSiegeFork(source);
    const { siege } = fork.connection;
    const isPreset = "preset" in fixture;
    const { target, scenario } = isPreset ? await prepared(fork, fixture, "flawed") : await deployed(fork, fixture);
    const runs = isPreset ? (fixture.runs ?? 500) : 500;
    const result = await siege.run(target, scenario, { seed: SEED, runs });
    const { explaining, seconds } = result.cost;
    const code = result.kind === "violation" ? (result.finding.code ?? []) : undefined;
    results.push({ name, of: isPreset ? "preset" : "fixture", code, planted, explaining, seconds });
    await fork.close();
  }
  await source.close();
  return results;
}

async function deployed(
  fork: SiegeFork,
  fixture: (typeof FIXTURES)[number],
): Promise<{ readonly target: Fixture; readonly scenario: Scenario }> {
  const target = await fixture.deploy(fork, "flawed");
  return { target, scenario: fork.connection.siege.scenario(fixture.scenario(fork, target)) };
}

/** In the project of the bench, with what is built. */
async function measureTargets(): Promise<readonly Measured[]> {
  const folder = path.join(ROOT, "bench/targets");
  const all = await targetsIn(folder);
  const targets = only.size === 0 ? all : all.filter(({ name }) => only.has(name));
  if (targets.length === 0) return [];
  const project = await hardhatProject(ROOT, await buildOf(ROOT), folder, all);
  await compile(project);
  await copyFile(path.join(import.meta.dirname, "coupling/target-campaign.ts"), path.join(project, "coupling.ts"));
  const results = await mkdtemp(path.join(tmpdir(), "siege-coupling-"));
  const measuredTargets: Measured[] = [];
  for (const { name, contract } of targets) {
    const sources = await sourcesWith(contract, path.join(project, "artifacts"));
    const planted = plantedLines(sources, contract, `${contract}Fixed`);
    const file = path.join(results, `${name}.json`);
    const args = ["coupling.ts", `contracts/${name}/flawed.scenario.ts`, String(SEED), file];
    const { stderr } = spawnSync(process.execPath, ["--import", "tsx/esm", ...args], {
      cwd: project,
      encoding: "utf8",
    });
    const read = await readFile(file, "utf8").catch((cause: unknown) => {
      throw new Error(`The campaign against ${name} ended without a result: ${stderr}`, { cause });
    });
    const played = JSON.parse(read) as Pick<Measured, "code" | "explaining" | "seconds">;
    measuredTargets.push({ name, of: "target", planted, ...played });
  }
  await rm(results, { recursive: true });
  return measuredTargets;
}

function tableOf(results: readonly Measured[]): string {
  const groups = (["fixture", "preset", "target"] as const).map((of) => results.filter((one) => one.of === of));
  const summary = [...groups, results]
    .filter((group) => group.length > 0)
    .map((group, index, { length }) => {
      const title = index === length - 1 && length > 1 ? "**all**" : `${group[0]?.of ?? ""}s`;
      const [lines, functions] = [group.map(lineRank), group.map(functionRank)];
      const runs = group.map(({ explaining }) => explaining?.runs ?? 0);
      const seconds = group.map(({ explaining }) => explaining?.seconds ?? 0);
      return cells(
        title,
        String(group.length),
        ...[1, 3, 5].map((first) => share(hits(lines, first), group.length)),
        ...[1, 3, 5].map((first) => share(hits(functions, first), group.length)),
        String(median(runs)),
        median(seconds).toFixed(1),
      );
    });
  const rows = results.map((one) => {
    const [first] = one.code ?? [];
    const planted = [...one.planted.functions].map((name) => `\`${name.split(".")[1] ?? ""}\``).join(", ");
    const named = first === undefined ? "–" : `\`${first.function}\`:${String(first.line ?? "")}`;
    return cells(one.name, planted, named, place(lineRank(one)), place(functionRank(one)));
  });
  return [
    "| | campaigns | line in top 1 | 3 | 5 | function in top 1 | 3 | 5 | replays | seconds |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...summary,
    "",
    "| | planted in | first point | place of the line | of the function |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function place(rank: number | undefined): string {
  return rank === undefined ? "–" : String(rank);
}

function share(part: number, of: number): string {
  return `${String(part)} (${String(Math.round((100 * part) / of))} %)`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function cells(...values: readonly string[]): string {
  return `| ${values.join(" | ")} |`;
}
