import type { Executor } from "../../src/engine/world/executor/executor.js";

import { Player } from "../../src/engine/run/player.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { playJob } from "../../src/engine/search/lanes/run-job.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";

import { withFixture } from "./open-fixture.js";

/** What counting calls costs: the same runs on one lane, with and without it. */
export interface Counting {
  readonly executor: Executor["kind"];
  /** Seconds of the runs of each sample, with counting. */
  readonly counted: readonly number[];
  /** The same runs without it. */
  readonly plain: readonly number[];
}

const RUNS = 60;

/** @param samples - of {@link RUNS} runs each, of both in turn */
export async function counting(samples: number): Promise<readonly Counting[]> {
  const measured: Counting[] = [];
  for (const executor of ["batched", "faithful"] as const) measured.push(await onLane(executor, samples));
  return measured;
}

async function onLane(executor: Executor["kind"], samples: number): Promise<Counting> {
  return withFixture("SpotLendingVault", "fixed", async (world) => {
    const lanes = await Lanes.of(world, { hardfork: "osaka", executor, openNetwork: openHermeticNetwork });
    try {
      const player = new Player(await lanes.add(), () => undefined);
      const genomeOf = genomeSource(world, 1);
      const runs = async (tally: boolean): Promise<number> => {
        const startedAt = performance.now();
        for (let index = 0; index < RUNS; index++) {
          await playJob(player, { kind: "genome", index, genome: genomeOf(index), tally });
        }
        return (performance.now() - startedAt) / 1000;
      };
      // reads the state that the lane forks, and waits for the JIT compiler
      await runs(true);
      const counted: number[] = [];
      const plain: number[] = [];
      for (let sample = 0; sample < samples; sample++) {
        // in turn, so that a slow minute of the machine affects both
        if (sample % 2 === 0) plain.push(await runs(false));
        counted.push(await runs(true));
        if (sample % 2 === 1) plain.push(await runs(false));
      }
      return { executor, counted, plain };
    } finally {
      await lanes.close();
    }
  });
}
