/**
 * `DVDF=/path/to/damn-vulnerable-defi npm run measure:dvdf`: which challenges of Damn Vulnerable DeFi a campaign breaks. Prints each
 * campaign and writes the table of docs/damn-vulnerable-defi.md, again after each. Names of challenges as arguments: only these
 * are measured, the others are as they were measured last. `--resume`: nor are campaigns that were measured before; `--write`:
 * none is. SIEGE_SEEDS: how many seeds (3).
 */
import type { Challenge } from "../test/fixtures/damn-vulnerable-defi/challenge.js";

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { besiege } from "../test/fixtures/damn-vulnerable-defi/besiege.js";
import { CHALLENGES } from "../test/fixtures/damn-vulnerable-defi/challenges.js";
import { CHECKOUT } from "../test/fixtures/damn-vulnerable-defi/checkout.js";

/** The table's. */
const SEEDS = [1, 2, 3];

const MEASURED_SEEDS = SEEDS.slice(0, Number(process.env.SIEGE_SEEDS ?? SEEDS.length));

/** The budget of a campaign, in runs. */
const RUNS = 200;

const DOCS = path.resolve(import.meta.dirname, "../docs/damn-vulnerable-defi.md");

/** The measurements so far. */
const MEASURED = path.resolve(import.meta.dirname, "../cache/damn-vulnerable-defi.json");

/** How a campaign ended. */
interface Ended {
  readonly challenge: string;
  readonly seed: number;
  readonly kind: "violation" | "survived" | "inconclusive" | "incomplete";
  /** That of the find, from 1. */
  readonly run?: number;
  /** After minimising. */
  readonly steps?: number;
  /** CPU seconds, user and system, with set-up and minimising. */
  readonly cpu: number;
}

await measureAll(process.argv.slice(2));

async function measureAll(args: readonly string[]): Promise<void> {
  const names = args.filter((one) => !one.startsWith("--"));
  const known = CHALLENGES.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no challenge "${unknown}". There are: ${known.join("; ")}.`);
  if (CHECKOUT === undefined) throw new Error("DVDF has to name a checkout, see docs/damn-vulnerable-defi.md.");
  let ended = await measured();
  const isMeasured = (challenge: string, seed: number): boolean =>
    ended.some((one) => one.challenge === challenge && one.seed === seed);
  const challenges = CHALLENGES.filter(({ name }) => names.length === 0 || names.includes(name));
  const campaigns = MEASURED_SEEDS.flatMap((seed) => challenges.map((challenge) => ({ challenge, seed }))).filter(
    ({ challenge: { name }, seed }) =>
      !args.includes("--write") && !(args.includes("--resume") && isMeasured(name, seed)),
  );
  for (const { challenge, seed } of campaigns) {
    const { name } = challenge;
    const one = await measure(challenge, seed);
    console.log(`${name}, seed ${String(seed)}: ${resultOf(one)}, ${one.cpu.toFixed(1)} CPU s`);
    ended = [...ended.filter(({ challenge, seed: other }) => challenge !== name || other !== seed), one];
    await mkdir(path.dirname(MEASURED), { recursive: true });
    await writeFile(MEASURED, JSON.stringify(ended));
    await write(ended);
  }
  await write(ended);
}

async function measured(): Promise<readonly Ended[]> {
  try {
    return JSON.parse(await readFile(MEASURED, "utf8")) as readonly Ended[];
  } catch {
    return [];
  }
}

async function measure(challenge: Challenge, seed: number): Promise<Ended> {
  const start = process.cpuUsage();
  const result = await besiege(challenge, { seed, runs: RUNS, lanes: 1, explain: false });
  const { user, system } = process.cpuUsage(start);
  return {
    challenge: challenge.name,
    seed,
    kind: result.kind,
    ...(result.kind === "violation" ? { run: result.finding.run, steps: result.finding.steps.length } : {}),
    cpu: (user + system) / 1e6,
  };
}

/** Puts the table in the place of the one that is there. */
async function write(ended: readonly Ended[]): Promise<void> {
  const rows = CHALLENGES.map(({ name, besieged, remark }) => {
    const own = SEEDS.map((seed) => ended.find((one) => one.challenge === name && one.seed === seed));
    const steps = own.flatMap((one) => one?.steps ?? []);
    return cells(
      name,
      besieged,
      ...own.map((one) =>
        one === undefined ? "?" : (one.run?.toString() ?? (one.kind === "survived" ? "–" : one.kind)),
      ),
      range(steps),
      range(own.flatMap((one) => (one === undefined ? [] : Math.round(one.cpu)))),
      remark,
    );
  });
  const table = [
    cells(
      "challenge",
      "what must not happen, and what else the scenario has",
      ...SEEDS.map((seed) => `seed ${String(seed)}`),
      "steps",
      "CPU s",
      "how, or what no run does",
    ),
    cells(...Array<string>(SEEDS.length + 5).fill("---")),
    ...rows,
  ].join("\n");
  const docs = await readFile(DOCS, "utf8");
  await writeFile(
    DOCS,
    docs.replace(/^\| challenge .*\n(?:\|.*\n)+/m, () => `${table}\n`),
  );
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}

function range(numbers: readonly number[]): string {
  if (numbers.length === 0) return "";
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${String(least)} to ${String(most)}`;
}

function resultOf({ kind, run, steps }: Ended): string {
  return run === undefined ? kind : `run ${String(run)}, ${String(steps)} steps`;
}
