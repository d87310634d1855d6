import type { Abi } from "viem";

import type { Trace } from "../../src/engine/events/trace.js";
import type { FixtureName } from "../peers/measures.js";

import { Player } from "../../src/engine/run/player.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";

import { withFixture } from "./open-fixture.js";

/** Calls a second of the same runs on one lane. */
export interface Arguments {
  /** While the search looks for their arguments. */
  readonly searched: readonly number[];
  /** With the arguments that it found: no call is tried first. */
  readonly known: readonly number[];
  /** The same, and no view of the target is read but those of the condition. */
  readonly unread: readonly number[];
  /** Calls that were tried for each that was made. */
  readonly trials: number;
}

const RUNS = 60;

/** The views that the condition of both fixtures reads. */
const JUDGED = ["collateralOf", "debtOf"];

/** Plays fresh runs against a fixture's twin, and then what they became. @param samples - of {@link RUNS} runs each, in turn */
export async function argumentsCost(
  fixture: Extract<FixtureName, "SpotLendingVault" | "CoupledVault">,
  samples: number,
): Promise<Arguments> {
  const searched: number[] = [];
  const known: number[] = [];
  const unread: number[] = [];
  let trials = 0;
  await onLane(
    fixture,
    (abi) => abi,
    async (player) => {
      const genomeOf = genomeSource(player.world, 1);
      const traces: Trace[] = [];
      const search = async (): Promise<void> => {
        for (let index = 0; index < RUNS; index++) traces[index] = (await player.genome(genomeOf(index))).trace;
      };
      const replay = (on: Player) => async (): Promise<void> => {
        for (const trace of traces) await on.trace(trace);
      };
      // reads the state that the lane forks, and waits for the JIT compiler
      await search();
      await onLane(fixture, withoutViews, async (blind) => {
        await replay(blind)();
        await replay(player)();
        for (let sample = 0; sample < samples; sample++) {
          const before = { ...player.count };
          searched.push(await rate(player, search));
          trials = (player.count.trials - before.trials) / (player.count.calls - before.calls);
          known.push(await rate(player, replay(player)));
          unread.push(await rate(blind, replay(blind)));
        }
      });
    },
  );
  return { searched, known, unread, trials };
}

async function rate(player: Player, play: () => Promise<void>): Promise<number> {
  const { calls } = player.count;
  const startedAt = performance.now();
  await play();
  return (player.count.calls - calls) / ((performance.now() - startedAt) / 1000);
}

function withoutViews(abi: Abi): Abi {
  return abi.filter(
    (item) =>
      item.type !== "function" ||
      item.stateMutability === "payable" ||
      item.stateMutability === "nonpayable" ||
      JUDGED.includes(item.name),
  );
}

async function onLane(
  fixture: FixtureName,
  known: (abi: Abi) => Abi,
  work: (player: Player) => Promise<void>,
): Promise<void> {
  const rules = {
    hardfork: "osaka",
    openNetwork: openHermeticNetwork,
    openChannel: openLaneChannel,
    executor: "solidity",
  } as const;
  await withFixture(
    fixture,
    "fixed",
    async (world) => {
      const lanes = await Lanes.of(world, rules);
      try {
        const player = new Player(await lanes.add(), () => undefined);
        if (lanes.because !== undefined) throw new Error(lanes.because);
        await work(player);
      } finally {
        await lanes.close();
      }
    },
    known,
  );
}
