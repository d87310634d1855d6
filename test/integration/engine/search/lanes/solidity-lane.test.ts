import type { Provider } from "../../../../../src/engine/chain/rpc.js";
import type { LaneChannel } from "../../../../../src/engine/chain/solidity-lane/channel.js";
import type { RunJob, RunReport } from "../../../../../src/engine/search/lanes/run-job.js";
import type { World } from "../../../../../src/engine/world/world.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { getAddress, numberToHex, pad } from "viem";

import { RAIDER_CODE } from "../../../../../src/engine/chain/engine-bytecode.js";
import { Player } from "../../../../../src/engine/run/player.js";
import { genomeSource } from "../../../../../src/engine/search/genome-source.js";
import { FixedCrew } from "../../../../../src/engine/search/lanes/crew.js";
import { Lanes } from "../../../../../src/engine/search/lanes/lanes.js";
import { playJob } from "../../../../../src/engine/search/lanes/run-job.js";
import { openWorld } from "../../../../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../../../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../../../../src/plugin/solidity-lanes/open-lane-channel.js";
import { buildScenario } from "../../../../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../../../../fixtures/all.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

const ACCOUNT = getAddress(pad("0x51e6ea", { size: 20 }));
const SLOT = pad("0x07");
const word = (value: number): `0x${string}` => pad(numberToHex(value), { size: 32 });

describe("a lane in the Solidity test runner", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let world: World;
  let lanes: Lanes;
  /** Called with every request on the user's connection; throws to make it fail. */
  let onRequest: (() => void) | undefined;
  /** Called with every command to a lane. */
  let onCommand: ((channel: LaneChannel) => void) | undefined;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    onRequest = undefined;
    onCommand = undefined;
    fork = await createSiegeFork(source);
    const fixture = FIXTURES.find(({ name }) => name === "InflatableVault")!;
    const vault = await fixture.deploy(fork, "fixed");
    const provider: Provider = {
      request: async (request) => {
        onRequest?.();
        return (await fork.connection.provider.request(request)) as unknown;
      },
    };
    const scenario = buildScenario(fixture.scenario(fork, vault));
    world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    lanes = await Lanes.of(world, {
      hardfork: "osaka",
      openNetwork: openHermeticNetwork,
      openChannel: async (parameters) => {
        const channel = await openLaneChannel(parameters);
        return {
          ask: async (command) => {
            onCommand?.(channel);
            return channel.ask(command);
          },
          close: () => channel.close(),
        };
      },
      executor: "solidity",
    });
  });
  afterEach(async () => {
    onRequest = undefined;
    await lanes.close();
    await world.close();
    await fork.close();
  });
  after(() => source.close());

  const job = (index: number): RunJob => ({ kind: "genome", index, genome: genomeSource(world, 1)(index) });

  async function played(lane: World, runs: number): Promise<readonly RunReport[]> {
    const player = new Player(lane, () => undefined);
    const reports: RunReport[] = [];
    for (let index = 0; index < runs; index++) reports.push(await playJob(player, job(index)));
    return reports;
  }

  it("plays runs as a batched lane does, to the number of trials", async () => {
    const inRunner = await played(await lanes.add(), 4);
    lanes.fallBack("it is compared");
    const batched = await lanes.add();
    expect(batched.executor.kind).to.equal("batched");
    expect(await played(batched, 4)).to.deep.equal(inRunner);
  });

  it("goes back to any snapshot, whatever was written meanwhile", async () => {
    const { chain } = await lanes.add();
    const state = async () => [
      await chain.account(ACCOUNT),
      await chain.storage(ACCOUNT, SLOT),
      (await chain.latest()).number,
    ];
    const before = await state();
    const first = await chain.snapshot();
    await chain.setCode(ACCOUNT, "0x5f");
    await chain.setBalance(ACCOUNT, 5n);
    await chain.setStorage(ACCOUNT, SLOT, word(1));
    await chain.pass({ blocks: 3, first: 0, interval: 12 }, word(0));
    const between = await state();
    const second = await chain.snapshot();
    await chain.snapshot();
    await chain.setCode(ACCOUNT, RAIDER_CODE);
    await chain.setBalance(ACCOUNT, 6n);
    await chain.setStorage(ACCOUNT, SLOT, word(2));
    expect(await state()).not.to.deep.equal(between);
    await chain.revert(second);
    expect(await state()).to.deep.equal(between);
    await chain.revert(first);
    expect(await state()).to.deep.equal(before);
  });

  it("is replaced by a batched one if it ends in the middle of a run, which is played again", async () => {
    let commands = 0;
    onCommand = (channel) => {
      commands += 1;
      if (commands === 60) void channel.close();
    };
    const crew = new FixedCrew(lanes, 1, (lane) => async (one) => playJob(new Player(lane, () => undefined), one));
    await crew.shift(4);
    const reports: RunReport[] = [];
    await crew.play(async (play) => {
      for (let index = 0; index < 4; index++) reports.push(await play(job(index)));
    });
    expect(lanes.because).to.include("A lane in the Solidity test runner ended");
    expect(lanes.worlds.map(({ executor }) => executor.kind)).to.deep.equal(["batched"]);
    expect(reports).to.deep.equal(await played(world, 4));
  });

  it("takes no state that it cannot read for zero: the run has no verdict", async () => {
    const lane = await lanes.add();
    onRequest = () => {
      throw new Error("HTTP 503 from upstream");
    };
    const outcomes = (await played(lane, 8)).map(({ outcome }) => outcome);
    const [fault] = outcomes.filter(({ kind }) => kind === "invalid");
    if (fault?.kind !== "invalid") throw new Error("all runs have a verdict");
    expect(fault.error.code).to.equal("RPC_FAILED");
    expect(fault.error.message).to.include("503");
    // and is of no use any more
    expect(outcomes.at(-1)?.kind).to.equal("invalid");
  });

  it("is not needed: where there is none, lanes are batched, and it is said why", async () => {
    await lanes.close();
    lanes = await Lanes.of(world, {
      hardfork: "a hardfork to come",
      openNetwork: (parameters) => openHermeticNetwork({ ...parameters, hardfork: "osaka" }),
      openChannel: openLaneChannel,
      executor: "solidity",
    });
    expect((await lanes.add()).executor.kind).to.equal("batched");
    expect(lanes.because).to.include("a hardfork to come");
  });
});

describe("a killed process with a lane in the Solidity test runner", () => {
  it("leaves no pipe", async function () {
    // elsewhere, names of pipes can only be removed when they are closed
    if (process.platform !== "linux") this.skip();
    const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    try {
      const program = path.resolve(import.meta.dirname, "../../../../fixture-projects/lane-to-kill.ts");
      const child = spawn(process.execPath, ["--import", "tsx/esm", program], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [said] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
      expect(said).to.equal("open\n");
      child.kill("SIGKILL");
      await once(child, "close");
      const left = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFIFO()).map(({ name }) => name)).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
