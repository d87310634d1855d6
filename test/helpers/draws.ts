import type { Genome } from "../../src/engine/events/genome.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import type { CampaignResult, Finding } from "../../src/types.js";
import type { Fixture, FixtureFork } from "../fixtures/fixture.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { toJson } from "../../src/engine/json.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { RankedSource } from "../../src/engine/search/ranked-source.js";
import { openWorld } from "../../src/engine/world/world.js";
import { FIXTURES } from "../fixtures/all.js";
import { PRESET_FIXTURES } from "../fixtures/presets/all.js";

import { createSiegeFork } from "./siege-fork.js";

/** Where the recorded draws are; `npm run measure:draws` writes them. */
export const DRAWS: string = path.resolve(import.meta.dirname, "../fixtures/draws.json");

/** Genomes of a seed that one hash is over. */
const GENOMES = 40;

/** What the search draws and finds: the same on every machine. Hashes are SHA-256 of the canonical JSON. */
export interface Draws {
  /** By fixture and seed: a hash of the first genomes, before any run has ranked what stands in for refused moves. */
  readonly fresh: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By fixture and seed: how the campaign ends. */
  readonly campaigns: Readonly<Record<string, Readonly<Record<string, CampaignDraws>>>>;
}

/** A campaign that finds a violation. */
export interface CampaignDraws {
  readonly condition: string;
  /** The run that found it, counted from 1. */
  readonly run: number;
  /** Total runs, including those of the minimiser. */
  readonly totalRuns: number;
  /** Steps of the minimal trace. */
  readonly steps: number;
  /** A hash of all genomes up to that run, with their ranks. */
  readonly played: string;
  /** A hash of the genome that found it. */
  readonly genome: string;
  /** A hash of the steps of the minimal trace. */
  readonly trace: string;
}

/** A flawed fixture and its scenario. */
export interface Drawn {
  readonly name: string;
  readonly deploy: (fork: FixtureFork) => Promise<{ readonly target: Fixture; readonly scenario: Scenario }>;
}

/** The five fixtures, whose campaigns are recorded too. */
export const CORE: readonly Drawn[] = FIXTURES.map((fixture) => ({
  name: fixture.name,
  deploy: async (fork) => {
    const target = await fixture.deploy(fork, "flawed");
    return { target, scenario: fork.connection.siege.scenario(fixture.scenario(fork, target)) };
  },
}));

/** The five, and one for each preset, with the preset that reaches its flaw. */
export const ALL: readonly Drawn[] = [
  ...CORE,
  ...PRESET_FIXTURES.map((fixture): Drawn => ({
    name: fixture.name,
    deploy: async (fork) => {
      const { target, options } = await fixture.deploy(fork, "flawed");
      return { target, scenario: fork.connection.siege.presets[fixture.preset](options) };
    },
  })),
];

/** Draws the first genomes of each seed, and plays none of them. */
export async function freshDraws(
  source: MiniMainnetSource,
  { deploy }: Drawn,
  seeds: readonly number[],
): Promise<Readonly<Record<string, string>>> {
  const fork = await createSiegeFork(source);
  try {
    const { target, scenario } = await deploy(fork);
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    try {
      return Object.fromEntries(
        seeds.map((seed) => {
          const genomeOf = genomeSource(world, seed);
          return [seed, hash(Array.from({ length: GENOMES }, (_value, index) => genomeOf(index)))];
        }),
      );
    } finally {
      await world.close();
    }
  } finally {
    await fork.close();
  }
}

/**
 * Plays the campaign of a seed, on one lane.
 *
 * @throws Error if it finds nothing
 */
export async function campaignDraws(
  source: MiniMainnetSource,
  { deploy }: Drawn,
  seed: number,
): Promise<CampaignDraws> {
  // a fork of its own: no regression of another seed is played first
  const fork = await createSiegeFork(source);
  try {
    const { target, scenario } = await deploy(fork);
    const { draws } = await withDraws(() => fork.connection.siege.run(target, scenario, { seed, lanes: 1 }));
    return draws;
  } finally {
    await fork.close();
  }
}

/**
 * Plays a campaign, and notes what it draws.
 *
 * @throws Error if it finds nothing
 */
export async function withDraws(
  campaign: () => Promise<CampaignResult>,
): Promise<{ readonly finding: Finding; readonly draws: CampaignDraws }> {
  const { value: result, genomes } = await withGenomes(campaign);
  if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
  const { finding, cost } = result;
  const played = Array.from({ length: finding.run }, (_value, index) => {
    const genome = genomes.get(index);
    if (genome === undefined) throw new Error(`run ${String(index + 1)} was not drawn`);
    return genome;
  });
  const draws = {
    condition: finding.violation.condition,
    run: finding.run,
    totalRuns: cost.totalRuns,
    steps: finding.trace.steps.length,
    played: hash(played),
    genome: hash(finding.genome),
    trace: hash(finding.trace.steps),
  };
  return { finding, draws };
}

/** What to do about a difference. */
export const OTHERWISE =
  "test/fixtures/draws.json says otherwise. Seeds that people wrote down now lead elsewhere: if that is on purpose, and only " +
  "then, renew the file with `npm run measure:draws`, and say so in the commit";

/** What was recorded. */
export async function recordedDraws(): Promise<Draws> {
  return JSON.parse(await readFile(DRAWS, "utf8")) as Draws;
}

/** Which genomes a campaign draws, by run, counted from 0. A result does not have those that found nothing. */
async function withGenomes<T>(
  campaign: () => Promise<T>,
): Promise<{ readonly value: T; readonly genomes: ReadonlyMap<number, Genome> }> {
  const genomes = new Map<number, Genome>();
  const { prototype } = RankedSource;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the source that it belongs to
  const { genome } = prototype;
  prototype.genome = function (index) {
    const drawn = genome.call(this, index);
    genomes.set(index, drawn);
    return drawn;
  };
  try {
    return { value: await campaign(), genomes };
  } finally {
    prototype.genome = genome;
  }
}

function hash(value: unknown): string {
  return createHash("sha256").update(toJson(value)).digest("hex");
}
