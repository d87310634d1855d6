/**
 * `npm run measure:presets`: which preset breaks which fixture, and whether each fixture's twin survives its own. Writes
 * docs/presets.md, again after each part. SIEGE_SEEDS: how many seeds of each fixture and its own preset (10).
 */
import type { Presets } from "../src/scenario/presets/presets.js";
import type { Variant } from "../test/fixtures/fixture.js";
import type { PresetFixture } from "../test/fixtures/presets/preset-fixture.js";

import { fork } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";

import { SiegeError } from "../src/errors.js";
import { PRESET_FIXTURES } from "../test/fixtures/presets/all.js";
import { createSiegeFork } from "../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../test/mini-mainnet/fork-source.js";

const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 10) }, (_value, index) => index + 1);

/** The search budget in runs: a campaign's default. */
const BUDGET = 200;

const ROOT = path.resolve(import.meta.dirname, "..");

/** Runs of a preset against a fixture that is not its own. */
const OTHERS = 60;

/** The fewest runs that a twin has to survive; more if the flaw is found late: twice as many as the slowest seed needed. */
const TWINS = 60;

/** The most runs that a twin has to survive. */
const MOST = 400;

/** A part of the work, run in a process of its own. */
interface Part {
  readonly fixture: string;
  /** Its own preset, with every seed and the twin, or all others. */
  readonly presets: "own" | "others";
}

/** How a campaign ended. */
interface Ended {
  readonly fixture: string;
  readonly preset: keyof Presets;
  readonly variant: Variant;
  readonly seed: number;
  /** The budget. */
  readonly runs: number;
  /** `no such part`, `inconclusive`: the preset needs something that the fixture's market or contract does not have. */
  readonly kind: "survived" | "violation" | "inconclusive" | "incomplete" | "no such part";
  readonly run?: number;
  readonly steps?: number;
  readonly seconds: number;
}

/** The measurements so far: `--resume` continues from there, `--write` only writes them to the docs. */
const MEASURED = path.join(ROOT, "cache/presets.json");

const [, , argument] = process.argv;
if (argument === undefined) await measureAll([]);
else if (argument === "--resume") await measureAll(await measured());
else if (argument === "--write") await write(await measured());
else await measure(JSON.parse(argument) as Part);

async function measured(): Promise<readonly Ended[]> {
  return JSON.parse(await readFile(MEASURED, "utf8")) as readonly Ended[];
}

/** @param before - parts that are in here are not measured again */
async function measureAll(before: readonly Ended[]): Promise<void> {
  const parts = (["own", "others"] as const).flatMap((presets) =>
    PRESET_FIXTURES.map(({ name }): Part => ({ fixture: name, presets })),
  );
  const ended: Ended[] = [...before];
  const isOwn = ({ fixture, preset }: Ended): boolean =>
    PRESET_FIXTURES.some((one) => one.name === fixture && one.preset === preset);
  const isMeasured = ({ fixture, presets }: Part): boolean =>
    before.some((one) => one.fixture === fixture && isOwn(one) === (presets === "own"));
  const work = parts.filter((part) => !isMeasured(part)).values();
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (const next of work) {
        ended.push(...(await inProcess(next)));
        await writeFile(MEASURED, JSON.stringify(ended));
        await write(ended);
      }
    }),
  );
  await write(ended);
}

async function inProcess(next: Part): Promise<readonly Ended[]> {
  const results: Ended[] = [];
  const child = fork(import.meta.filename, [JSON.stringify(next)], { execArgv: process.execArgv });
  child.on("message", (message) => {
    const one = message as Ended;
    results.push(one);
    console.log(
      `${one.fixture} ${one.variant}, ${one.preset}, seed ${String(one.seed)}: ${one.kind} ${one.run === undefined ? "" : `run ${String(one.run)}, ${String(one.steps)} steps`} ${one.seconds.toFixed(1)} s`,
    );
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Error(`${JSON.stringify(next)} ended with ${String(code)}`);
  return results;
}

async function measure({ fixture: name, presets }: Part): Promise<void> {
  const fixture = PRESET_FIXTURES.find((one) => one.name === name);
  if (fixture === undefined) throw new Error(`There is no fixture "${name}".`);
  const source = await miniMainnetSource();
  const besiege = async (preset: keyof Presets, variant: Variant, seed: number, runs: number): Promise<Ended> => {
    const ended = {
      fixture: name,
      preset,
      variant,
      seed,
      runs,
      ...(await campaign(source, fixture, { preset, variant, seed, runs })),
    };
    process.send?.(ended);
    return ended;
  };
  if (presets === "own") {
    let slowest = 0;
    for (const seed of SEEDS) {
      const budget = fixture.runs ?? BUDGET;
      const { run = budget } = await besiege(fixture.preset, "flawed", seed, budget);
      slowest = Math.max(slowest, run);
    }
    for (const seed of SEEDS)
      await besiege(fixture.preset, "fixed", seed, Math.min(MOST, Math.max(TWINS, 2 * slowest)));
  } else {
    for (const { preset } of PRESET_FIXTURES) if (preset !== fixture.preset) await besiege(preset, "flawed", 1, OTHERS);
  }
  await source.close();
  process.disconnect();
}

async function campaign(
  source: Awaited<ReturnType<typeof miniMainnetSource>>,
  fixture: PresetFixture,
  { preset, variant, seed, runs }: Pick<Ended, "preset" | "variant" | "seed" | "runs">,
): Promise<Pick<Ended, "kind" | "run" | "steps" | "seconds">> {
  // a fork of its own: no regression of another seed is replayed first
  const fork = await createSiegeFork(source);
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  try {
    const { target, options } = await fixture.deploy(fork, variant);
    const { siege } = fork.connection;
    const result = await siege.run(target, siege.presets[preset](options), { seed, runs, lanes: 1 });
    if (result.kind !== "violation") return { kind: result.kind, seconds: seconds() };
    const steps = result.finding.steps.filter(({ reaction }) => reaction !== true).length;
    return { kind: "violation", run: result.finding.run, steps, seconds: seconds() };
  } catch (error) {
    if (!SiegeError.isSiegeError(error) || error.code !== "UNKNOWN_PROTOCOL") throw error;
    return { kind: "no such part", seconds: seconds() };
  } finally {
    await fork.close();
  }
}

async function write(ended: readonly Ended[]): Promise<void> {
  const of = (fixture: string, preset: keyof Presets, variant: Variant): readonly Ended[] =>
    ended.filter((one) => one.fixture === fixture && one.preset === preset && one.variant === variant);
  const rows = PRESET_FIXTURES.map(({ name, preset, flaw, fix }) => {
    const found = of(name, preset, "flawed").filter(({ kind }) => kind === "violation");
    const twins = of(name, preset, "fixed");
    return cells(
      `\`${preset}\``,
      name,
      flaw,
      fix,
      `${String(found.length)} of ${String(of(name, preset, "flawed").length)}`,
      spread(found.map(({ run }) => run ?? 0)),
      range(found.map(({ steps }) => steps ?? 0)),
      `${String(twins.filter(({ kind }) => kind === "survived").length)} of ${String(twins.length)}, ${String(twins[0]?.runs ?? 0)} runs each`,
    );
  });
  const matrix = PRESET_FIXTURES.map(({ preset }) =>
    cells(`\`${preset}\``, ...PRESET_FIXTURES.map(({ name }) => mark(of(name, preset, "flawed")))),
  );
  await mkdir(path.join(ROOT, "docs"), { recursive: true });
  await writeFile(
    path.join(ROOT, "docs/presets.md"),
    `# Which preset breaks which fixture

Written by \`npm run measure:presets\`: every preset with its default options, on a fork of a miniature mainnet. The fixtures are contracts in \`contracts/test-fixtures/\`; their set-up, their market and their conditions, the same for every
preset, are in \`test/fixtures/presets/\`. \`test/campaigns/scenario/presets/\` tests what this page says.

## A flaw for each preset, and its fixed twin

Seeds 1 to ${String(SEEDS.length)} for each, with the default budget of ${String(BUDGET)} runs (flash loans: 1,000, which take no longer). Runs are counted from the start of the search to the violation. A twin has to survive
twice as many runs as the slowest seed needed to find the flaw, at least ${String(TWINS)} and at most ${String(MOST)}.

| preset | fixture | flaw | its twin | found | runs: median (range) | minimal steps | twins that survive |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}

## All presets against all fixtures

**x**: the preset breaks the fixture (its own: out of ${String(SEEDS.length)} seeds; others: seed 1). **.**: ${String(OTHERS)} runs found nothing, or the number of runs in parentheses. **n/a**: the preset needs a
governor, a bank or a volatility, which the fixture does not have. **?**: not measured.

| | ${PRESET_FIXTURES.map(({ name }) => name).join(" | ")} |
|---|${PRESET_FIXTURES.map(() => "---|").join("")}
${matrix.join("\n")}
`,
  );
}

function mark(ended: readonly Ended[]): string {
  const [first] = ended;
  if (first === undefined) return "?";
  if (first.kind === "no such part" || first.kind === "inconclusive") return "n/a";
  if (ended.some(({ kind }) => kind === "incomplete")) return "incomplete";
  const found = ended.filter(({ kind }) => kind === "violation").length;
  if (found === 0) return first.runs < OTHERS ? `. (${String(first.runs)})` : ".";
  return ended.length === 1 ? "x" : `**x** ${String(found)}/${String(ended.length)}`;
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return "";
  const sorted = values.toSorted((a, b) => a - b);
  return `${String(sorted[Math.floor((sorted.length - 1) / 2)])} (${String(sorted[0])} to ${String(sorted.at(-1))})`;
}

function range(values: readonly number[]): string {
  if (values.length === 0) return "";
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${String(least)} to ${String(most)}`;
}

function cells(...values: readonly string[]): string {
  return `| ${values.join(" | ")} |`;
}
