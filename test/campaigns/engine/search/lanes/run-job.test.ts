import type { Provider } from "../../../../../src/engine/chain/rpc.js";
import type { Genome } from "../../../../../src/engine/events/genome.js";
import type { Trace } from "../../../../../src/engine/events/trace.js";
import type { Play } from "../../../../../src/engine/search/lanes/crew.js";
import type { RunJob, RunReport } from "../../../../../src/engine/search/lanes/run-job.js";
import type { World } from "../../../../../src/engine/world/world.js";
import type { ScenarioDefinition } from "../../../../../src/types.js";
import type { Variant } from "../../../../fixtures/fixture.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { defineCondition } from "../../../../../src/conditions/index.js";
import { succeededIn } from "../../../../../src/engine/activity/run-tally.js";
import { Stop } from "../../../../../src/engine/campaign/stop.js";
import { fromJson, toJson } from "../../../../../src/engine/json.js";
import { errorOf } from "../../../../../src/engine/run/fault.js";
import { Player } from "../../../../../src/engine/run/player.js";
import { genomeSource } from "../../../../../src/engine/search/genome-source.js";
import { FixedCrew } from "../../../../../src/engine/search/lanes/crew.js";
import { explore } from "../../../../../src/engine/search/lanes/explore.js";
import { Lanes } from "../../../../../src/engine/search/lanes/lanes.js";
import { playJob } from "../../../../../src/engine/search/lanes/run-job.js";
import { GENERATION, RankedSource } from "../../../../../src/engine/search/ranked-source.js";
import { openWorld } from "../../../../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../../../../src/plugin/hermetic-network.js";
import { constant } from "../../../../../src/protocols/index.js";
import { buildScenario } from "../../../../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../../../../fixtures/all.js";
import { failsWith } from "../../../../helpers/errors.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

describe("a run as a job", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let world: World;
  let lanes: Lanes;
  /** Called with the method of every request on the user's connection; throws to make the request fail. */
  let onRequest: ((method: string) => void) | undefined;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    onRequest = undefined;
    fork = await createSiegeFork(source);
  });
  afterEach(async () => {
    onRequest = undefined;
    await lanes.close();
    await world.close();
    await fork.close();
  });
  after(() => source.close());

  async function open(name: string, variant: Variant, change: Partial<ScenarioDefinition> = {}): Promise<void> {
    const fixture = FIXTURES.find((candidate) => candidate.name === name)!;
    const vault = await fixture.deploy(fork, variant);
    const provider: Provider = {
      request: async (request) => {
        onRequest?.(request.method);
        return (await fork.connection.provider.request(request)) as unknown;
      },
    };
    const scenario = buildScenario({ ...fixture.scenario(fork, vault), ...change });
    world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    lanes = await Lanes.of(world, { hardfork: "osaka", executor: "batched", openNetwork: openHermeticNetwork });
  }

  const playerOn = (on: World): Player => new Player(on, () => undefined);

  /** Receives jobs and returns reports as text, as another process would. */
  const byText = (on: World): Play => {
    const player = playerOn(on);
    return async (job) => fromJson(toJson(await playJob(player, fromJson(toJson(job)) as RunJob))) as RunReport;
  };

  async function firstViolation(player: Player): Promise<{ readonly genome: Genome; readonly trace: Trace }> {
    const genomeOf = genomeSource(world, 1);
    for (let index = 0; index < 500; index++) {
      const outcome = await player.genome(genomeOf(index));
      if (outcome.kind === "violation") return { genome: genomeOf(index), trace: outcome.trace };
    }
    throw new Error("no violation in 500 runs");
  }

  // one with amounts in its calls and flash loans, and one with prices, silences and calls
  for (const [name, blocks] of [
    ["SpotLendingVault", 6],
    ["CoupledVault", undefined],
  ] as const) {
    it(`ends as the run itself, sent as text or not, on a lane or on the connection: ${name}`, async () => {
      await open(name, "flawed", blocks === undefined ? {} : { blocks });
      const lane = await lanes.add();
      const found = await firstViolation(playerOn(lane));
      const drawn = Array.from({ length: 3 }, (_value, index) => genomeSource(world, 2)(index));
      const counted: number[] = [];
      for (const [index, genome] of [found.genome, ...drawn].entries()) {
        const job: RunJob = { kind: "genome", index, genome, tally: true };
        const direct = playerOn(lane);
        const outcome = await direct.genome(genome);
        const report = await playJob(playerOn(lane), job);
        expect(report.index).to.equal(index);
        expect(report.outcome).to.deep.equal(outcome);
        expect(report.count).to.deep.equal(direct.count);
        expect(await byText(lane)(job)).to.deep.equal(report);
        const onConnection = await byText(world)(job);
        expect(onConnection.outcome, "on the connection").to.deep.equal(outcome);
        counted.push(succeededIn(report.tally!));
      }
      expect(Math.max(...counted)).to.be.greaterThan(0);
    });
  }

  it("reports what became of its calls only when asked", async () => {
    await open("SpotLendingVault", "flawed");
    const genome = genomeSource(world, 1)(0);
    expect(await byText(await lanes.add())({ kind: "genome", index: 0, genome })).to.not.have.property("tally");
  });

  it("plays an explicit trace, sent as text or not", async () => {
    await open("CoupledVault", "flawed");
    const lane = await lanes.add();
    const { trace } = await firstViolation(playerOn(lane));
    const job: RunJob = { kind: "trace", index: 7, trace };
    const direct = playerOn(lane);
    const outcome = await direct.trace(trace);
    expect(outcome.kind).to.equal("violation");
    const report = { index: 7, outcome, count: direct.count };
    expect(await playJob(playerOn(lane), job)).to.deep.equal(report);
    expect(await byText(lane)(job)).to.deep.equal(report);
  });

  it("is invalid when the connection fails, with the error's code and message, and is no verdict", async () => {
    await open("SpotLendingVault", "flawed");
    const job: RunJob = { kind: "genome", index: 3, genome: genomeSource(world, 1)(0), tally: true };
    const play = byText(world);
    const whole = await play(job);
    let reads = 0;
    onRequest = (method) => {
      if (method === "eth_call" && ++reads === 5) throw new Error("HTTP 503 from upstream");
    };
    const report = await play(job);
    onRequest = undefined;
    if (report.outcome.kind !== "invalid") throw new Error(report.outcome.kind);
    const { error } = report.outcome;
    expect(error.code).to.equal("RPC_FAILED");
    expect(error.message).to.equal("eth_call failed: HTTP 503 from upstream.");
    expect(error.hint).to.include("Nothing was concluded");
    expect(error.cause).to.equal("HTTP 503 from upstream");
    expect(errorOf(error).message).to.equal(`${error.message} ${error.hint} [RPC_FAILED]`);
    expect(report.index).to.equal(3);
    expect(report.count.blocks).to.be.within(1, whole.count.blocks - 1);
    // the fault is over, and the same job has a verdict
    expect(await play(job)).to.deep.equal(whole);
  });

  it("is invalid on a lane that reads its state from a connection that fails", async () => {
    await open("SpotLendingVault", "flawed");
    const lane = await lanes.add();
    onRequest = () => {
      throw new Error("HTTP 503 from upstream");
    };
    const reports: RunReport[] = [];
    for (let index = 0; index < 20; index++) {
      const job: RunJob = { kind: "genome", index, genome: genomeSource(world, 1)(index) };
      reports.push(await byText(lane)(job));
      if (reports.at(-1)!.outcome.kind === "invalid") break;
    }
    const { outcome } = reports.at(-1)!;
    if (outcome.kind !== "invalid") throw new Error(outcome.kind);
    expect(outcome.error.code).to.equal("RPC_FAILED");
    expect(outcome.error.message).to.include("503");
  });

  it("throws errors of the user's code, and what stops a campaign", async () => {
    const touchy = defineCondition({
      id: "touchy",
      observe: () => constant(undefined),
      judge: ({ view }) => {
        if (view.block > 2) throw new Error("I cannot look");
        return undefined;
      },
    });
    await open("SpotLendingVault", "flawed", { conditions: [touchy] });
    const lane = await lanes.add();
    const job: RunJob = { kind: "trace", index: 0, trace: { steps: [], blocks: 5 } };
    const error = await failsWith("CONDITION_FAILED", () => playJob(playerOn(lane), job));
    expect(error.message).to.include("touchy").and.to.include("I cannot look");
    const stopped = new Player(lane, () => {
      throw new Stop("interrupted");
    });
    const thrown: unknown = await playJob(stopped, job).catch((reason: unknown) => reason);
    expect(thrown).to.be.an.instanceOf(Stop);
  });

  it("ranks what stands in for refused moves the same way, sent as text or not, on one lane or two", async () => {
    await open("LeveragedVault", "fixed", { blocks: 6 });
    // the second generation is ranked by what the first one has shown
    const runs = GENERATION + 4;
    const search = async (size: number, playOn: (lane: World) => Play) => {
      const ranked = new RankedSource(world, 1);
      const jobs = new Map<number, RunJob>();
      const reports = new Map<number, RunReport>();
      await explore(
        {
          runs,
          generation: GENERATION,
          ended: async () => {
            ranked.grow();
            return [];
          },
          crew: new FixedCrew(lanes, size, playOn),
          job: (index) => ranked.job(index),
          reported: (job, report) => {
            jobs.set(job.index, job);
            reports.set(report.index, report);
            ranked.reported(report);
          },
          confirm: async () => undefined,
        },
        { searched: 0, discarded: 0 },
      ).next();
      const inOrder = <T>(map: ReadonlyMap<number, T>): string => toJson([...map].sort(([a], [b]) => a - b));
      return { jobs: inOrder(jobs), reports: inOrder(reports), list: [...jobs.values()] };
    };
    const direct = await search(1, (lane) => {
      const player = playerOn(lane);
      return (job) => playJob(player, job);
    });
    const ranks = direct.list.flatMap((job) => (job.kind === "genome" ? [job.genome.ranks?.join()] : []));
    expect(new Set(ranks).size, "ranks of the generations").to.be.greaterThan(1);
    const sent = await search(2, byText);
    expect(lanes.worlds).to.have.length(2);
    expect(sent.jobs === direct.jobs, "the same genomes").to.equal(true);
    expect(sent.reports === direct.reports, "the same reports").to.equal(true);
  });
});
