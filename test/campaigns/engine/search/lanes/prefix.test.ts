import type { Trace } from "../../../../../src/engine/events/trace.js";
import type { World } from "../../../../../src/engine/world/world.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { Player } from "../../../../../src/engine/run/player.js";
import { PrefixStage } from "../../../../../src/engine/run/stage.js";
import { genomeSource } from "../../../../../src/engine/search/genome-source.js";
import { openWorld } from "../../../../../src/engine/world/world.js";
import { buildScenario } from "../../../../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../../../../fixtures/all.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

describe("runs that continue from the previous run's snapshots", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let world: World;

  before(async () => {
    source = await miniMainnetSource();
  });
  afterEach(async () => {
    await world.close();
    await fork.close();
  });
  after(() => source.close());

  async function open(name: string): Promise<void> {
    fork = await createSiegeFork(source);
    const fixture = FIXTURES.find((candidate) => candidate.name === name)!;
    const vault = await fixture.deploy(fork, "flawed");
    const { provider } = fork.connection;
    const scenario = buildScenario(fixture.scenario(fork, vault));
    world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
  }

  // the one with prices, silences and calls, and the one with a policy
  for (const name of ["CoupledVault", "InflatableVault"]) {
    it(`end as they would from the base: ${name}, any parts of a trace in any order`, async () => {
      await open(name);
      const base = new Player(world, () => undefined);
      const stage = new PrefixStage(world);
      const player = base.on(stage);
      const violating = await firstViolation(base);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.subarray([...violating.steps.keys()]), { minLength: 1, maxLength: 5 }),
          async (parts) => {
            const traces = parts.map((kept): Trace => ({
              ...violating,
              steps: kept.map((at) => violating.steps[at]!),
            }));
            const resumed = [];
            for (const trace of traces) resumed.push(await player.trace(trace));
            await stage.close();
            const fresh = [];
            for (const trace of traces) fresh.push(await base.trace(trace));
            expect(resumed).to.deep.equal(fresh);
          },
        ),
        { numRuns: 12, seed: 3, endOnFailure: true },
      );
    });
  }

  it("mine only the blocks that are not shared", async () => {
    await open("CoupledVault");
    const stage = new PrefixStage(world);
    const player = new Player(world, () => undefined).on(stage);
    const trace = await firstViolation(new Player(world, () => undefined));
    await player.trace(trace);
    const mined = player.count.blocks;
    expect(mined).to.equal(trace.blocks);
    await player.trace({ ...trace, steps: trace.steps.slice(0, -1) });
    // the last step is in the last block
    expect(player.count.blocks - mined).to.equal(1);
    await stage.close();
  });

  it("report a violation again when they return to its block", async () => {
    await open("CoupledVault");
    const stage = new PrefixStage(world);
    const player = new Player(world, () => undefined).on(stage);
    const trace = await firstViolation(new Player(world, () => undefined));
    const first = await player.trace(trace);
    // the same up to the violation, and longer
    const longer = await player.trace({ ...trace, blocks: trace.blocks + 3 });
    expect(first.kind).to.equal("violation");
    expect(longer).to.deep.equal(first);
    await stage.close();
  });

  async function firstViolation(player: Player): Promise<Trace> {
    const genomeOf = genomeSource(world, 1);
    for (let index = 0; index < 500; index++) {
      const outcome = await player.genome(genomeOf(index));
      if (outcome.kind === "violation") return outcome.trace;
    }
    throw new Error("no violation in 500 runs");
  }
});
