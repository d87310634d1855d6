import type { Hex } from "viem";

import type { FindingRecord } from "../../src/engine/reproduction/finding-record.js";
import type { Hermetic, Reproduction } from "../../src/engine/reproduction/reproduction.js";
import type { Scenario } from "../../src/types.js";
import type { Fixture, Variant } from "../fixtures/fixture.js";
import type { SiegeFork } from "./siege-fork.js";

import path from "node:path";

import { Chain } from "../../src/engine/chain/chain.js";
import { recordingSource } from "../../src/engine/chain/state-upstream/recording-source.js";
import { serveState } from "../../src/engine/chain/state-upstream/serve-state.js";
import { record } from "../../src/engine/reproduction/record.js";
import { playThrough } from "../../src/engine/reproduction/script.js";
import { readReproduction } from "../../src/engine/reproduction/store.js";
import { Player } from "../../src/engine/run/player.js";
import { openWorld } from "../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";

import { undone } from "./twin.js";

/** Where nothing is. */
const ELSEWHERE = "0x00000000000000000000000000000000e15e0000";

/** A fixture, and the scenario that breaks it. */
export interface Exported {
  readonly name: string;
  readonly runs: number;
  readonly prepare: (
    fork: SiegeFork,
    variant: Variant,
  ) => Promise<{ readonly target: Fixture; readonly scenario: Scenario }>;
}

/** What a fixture's campaign found, and the code of its twin. */
export interface FoundToExport {
  readonly reproduction: Reproduction;
  /** Its file. */
  readonly file: string;
  /** `<condition>: <what is wrong>` */
  readonly verdict: string;
  /** The test that forge is given: with the state that the twin reads, too. */
  readonly text: string;
  readonly fix: Hex;
}

/** Lays siege to a fixture, and exports what is found for its code and for its twin's. */
export async function exportOf(fork: SiegeFork, { name, runs, prepare }: Exported): Promise<FoundToExport> {
  const { provider, siege } = fork.connection;
  const chain = new Chain(provider);
  const fix = await undone(fork, async () => chain.code((await prepare(fork, "fixed")).target.address));
  const { target, scenario } = await prepare(fork, "flawed");
  const result = await siege.run(target, scenario, { seed: 1, runs, lanes: 1 });
  if (result.kind !== "violation") throw new Error(`${name}: expected a violation, got ${result.kind}`);
  const { violation, reproduction: saved } = result.finding;
  const file = path.join(fork.reproductions, path.basename(saved ?? ""));
  const text = await undone(fork, async () => {
    // the twin with what it was deployed with: another deployment would be given other contracts
    await chain.setCode(ELSEWHERE, fix);
    return siege.exportFoundry(file, { fix: ELSEWHERE });
  });
  return {
    reproduction: await readReproduction(file),
    file,
    verdict: `${violation.condition}: ${violation.evidence.summary}`,
    text,
    fix,
  };
}

/**
 * What the minimal trace becomes where the twin was deployed instead, with what its fixture did then: the state that it meets, and
 * the transactions of agents that react to it.
 */
export async function playedOnTwin(
  fork: SiegeFork,
  { prepare }: Exported,
  { hardfork, trace }: Pick<Hermetic, "hardfork"> & Pick<FindingRecord, "trace">,
): Promise<Hermetic> {
  const { provider } = fork.connection;
  return undone(fork, async () => {
    const { target, scenario } = await prepare(fork, "fixed");
    const world = await openWorld(
      {
        provider,
        impersonated: new Set(),
        intervalMining: 0,
      },
      target,
      scenario,
    );
    try {
      const { script } = await record(new Player(world, () => undefined), trace, {});
      const source = await recordingSource(world.chain);
      const upstream = await serveState(source);
      const { chainId, blockNumber } = source;
      const network = await openHermeticNetwork({ url: upstream.url, chainId, blockNumber, hardfork });
      await playThrough(new Chain(network.connection.provider), script);
      await network.close();
      await upstream.close();
      return { hardfork, script, state: source.bundle() };
    } finally {
      await world.close();
    }
  });
}
