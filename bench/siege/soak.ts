import type { Genome } from "../../src/engine/events/genome.js";
import type { World } from "../../src/engine/world/world.js";

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

import { genomePlan } from "../../src/engine/run/genome-plan.js";
import { playRun } from "../../src/engine/run/run.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { LANE_LIFE } from "../../src/engine/search/lanes/crew.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { median } from "../samples.js";

import { withFixture } from "./open-fixture.js";

/** One of ten equal parts of a soak. */
export interface SoakStretch {
  /** From 1. */
  readonly stretch: number;
  /** Total reverts by its end. */
  readonly reverts: number;
  /** Memory of the whole process, at its end. */
  readonly rssMB: number;
  /** Median of evm_revert and the evm_snapshot that replaces the consumed one. */
  readonly restoreMs: number;
  /** Median of a run without its restore. */
  readonly runMs: number;
}

const STRETCHES = 10;
const SEED = 1;

/** Runs that are played in turn; each has BLOCKS blocks with MOVES_IN_A_BLOCK calls. */
const RUNS = 64;
const BLOCKS = 3;
const MOVES_IN_A_BLOCK = 2;

/** Plays and reverts on one batched lane, in a process of its own, so that only its memory counts. */
export async function soak(reverts: number): Promise<readonly SoakStretch[]> {
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--import", import.meta.resolve("tsx/esm"), import.meta.filename, String(reverts)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [output, code] = await Promise.all([text(child.stdout), exit]);
  if (code !== 0) throw new Error(`The soak ended with ${String(code)}.`);
  return JSON.parse(output) as readonly SoakStretch[];
}

/** The same in this process. */
async function soakHere(reverts: number): Promise<readonly SoakStretch[]> {
  // the twin, so that no violation shortens a run
  return withFixture("SpotLendingVault", "fixed", async (world) => {
    const lanes = await Lanes.of(world, { hardfork: "osaka", openNetwork: openHermeticNetwork, executor: "batched" });
    try {
      let lane = await lanes.add();
      let age = 0;
      const plans = shortRuns(world).map((genome) => genomePlan(world, genome));
      // the first round reads the forked state
      for (const plan of plans) {
        await playRun(lane, plan);
        await lane.restore();
      }
      const stretches: SoakStretch[] = [];
      const turns = inTurn(plans);
      let done = 0;
      for (let stretch = 1; stretch <= STRETCHES; stretch++) {
        const restores: number[] = [];
        const runs: number[] = [];
        for (const until = Math.round((reverts * stretch) / STRETCHES); done < until; done++) {
          // as in a campaign: what EDR retains of every block is freed when a lane is closed
          if (age >= LANE_LIFE) {
            lane = await lanes.renew(lane);
            age = 0;
          }
          age += BLOCKS;
          const startedAt = performance.now();
          const { kind } = await playRun(lane, turns.next().value);
          const playedAt = performance.now();
          await lane.restore();
          restores.push(performance.now() - playedAt);
          runs.push(playedAt - startedAt);
          if (kind !== "survived") throw new Error("The twin did not survive.");
        }
        // garbage is not growth
        globalThis.gc?.();
        const rssMB = process.memoryUsage.rss() / 2 ** 20;
        stretches.push({ stretch, reverts: done, rssMB, restoreMs: median(restores), runMs: median(runs) });
      }
      return stretches;
    } finally {
      await lanes.close();
    }
  });
}

function* inTurn<T>(items: readonly T[]): Generator<T, never> {
  for (;;) yield* items;
}

/** The first moves of a search's runs, in the first blocks. */
function shortRuns(world: World): readonly Genome[] {
  const genomeOf = genomeSource(world, SEED);
  const genomes: Genome[] = [];
  for (let index = 0; genomes.length < RUNS; index++) {
    const genome = genomeOf(index);
    if (genome.moves.length < BLOCKS * MOVES_IN_A_BLOCK) continue;
    const moves = genome.moves
      .slice(0, BLOCKS * MOVES_IN_A_BLOCK)
      .map((move, at) => ({ ...move, block: 1 + Math.floor(at / MOVES_IN_A_BLOCK) }));
    genomes.push({ ...genome, blocks: BLOCKS, market: [], oracles: [], moves });
  }
  return genomes;
}

if (process.argv[1] === import.meta.filename) {
  console.log(JSON.stringify(await soakHere(Number(process.argv[2] ?? 100_000))));
}
