import type { Address } from "viem";

import type { Provider } from "../../../src/engine/chain/rpc.js";
import type { RuinOptions, RuinResult, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { attacker, retail } from "../../../src/agents/index.js";
import { invariants } from "../../../src/conditions/index.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { gbm } from "../../../src/market/index.js";
import { addressKey } from "../../../src/quantity/address.js";
import { estimateRuin } from "../../../src/risk/ruin/estimate-ruin.js";
import { pathSource } from "../../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { parameter } from "../../../src/scenario/index.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { PinnedChain } from "../../mini-mainnet/pinned-chain.js";

describe("siege.ruin", () => {
  let local: LocalSiege;
  let note: Fixture;
  let guaranteed: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed");
    guaranteed = await deployBarrierNote(local.connection.provider, "fixed");
  });
  after(() => local.close());

  function ruin(options: RuinOptions, target = note, change: Partial<ScenarioDefinition> = {}): Promise<RuinResult> {
    const { siege } = local.connection;
    return siege.ruin(target, siege.scenario({ ...thirtyDays(target), ...change }), options);
  }

  /** What must not depend on the number of lanes, nor on when it was played. */
  function essence({ cost: _cost, explored, ...result }: RuinResult): unknown {
    return { ...result, executor: explored.executor };
  }

  it("is the same on one lane and on two, and with one transaction per call", async () => {
    const alone = await ruin({ paths: 40, lanes: 1 });
    expect(alone.kind).to.equal("estimated");
    expect(alone.paths).to.equal(40);
    expect(alone.ruined.length).to.be.within(5, 20);
    expect(essence(await ruin({ paths: 40, lanes: 2 }))).to.deep.equal(essence(alone));
    const faithful = await ruin({ paths: 40, lanes: 1, executor: "faithful" });
    expect(faithful.ruined).to.deep.equal(alone.ruined);
  });

  it("goes on after a ruined path, and plays each to its horizon", async () => {
    const { ruined, activity, conditions, recovered } = await ruin({ paths: 40 });
    expect(activity.conditions[0]?.judged).to.equal(40 * 30);
    expect(conditions).to.have.length(1);
    expect(conditions[0]?.paths).to.equal(ruined.length);
    // what is missing stays missing
    expect(recovered).to.equal(0);
    for (const { block, seconds, harm } of ruined) {
      expect(seconds).to.equal(block * 86_400);
      expect(harm[0]?.most).to.be.above(0);
    }
  });

  it("says when ruin came and what was lost, with intervals", async () => {
    const { timeToRuin, losses, unmeasured } = await ruin({ paths: 60 });
    expect(timeToRuin.map(({ level }) => level)).to.deep.equal([0.1, 0.5, 0.9]);
    const [loss] = losses;
    expect(loss).to.deep.include({ condition: "whole", kind: "shortfall", unit: "USD" });
    expect(loss?.givenRuin.value).to.be.within(loss!.givenRuin.interval.lower!, loss!.givenRuin.interval.upper!);
    const [var95, var99] = loss!.atRisk;
    expect(var95?.expectedShortfall.value).to.be.at.least(var95!.valueAtRisk.value);
    // of 60 paths, none is known to be beyond the 99th percentile
    expect(var99?.valueAtRisk.interval).to.not.have.property("upper");
    expect(unmeasured).to.deep.equal([]);
  });

  it("bounds the probability of a twin that survives", async () => {
    const { probability, ruined, doubts, timeToRuin, losses } = await ruin({ paths: 40 }, guaranteed);
    expect(ruined).to.deep.equal([]);
    expect(doubts).to.deep.equal([]);
    expect(probability.value).to.equal(0);
    expect(probability.interval).to.include({ lower: 0, method: "Clopper-Pearson" });
    expect(probability.interval.upper).to.be.closeTo(1 - 0.025 ** (1 / 40), 1e-9);
    expect([timeToRuin, losses]).to.deep.equal([[], []]);
  });

  it("says what the paths differ in, and doubts paths in which nothing was exercised", async () => {
    const calm = await ruin({ paths: 2 }, guaranteed, { agents: [attacker()] });
    expect(calm.randomness).to.deep.equal({
      prices: [{ asset: "X", process: "gbm" }],
      policies: [],
      drawnCalls: ["attacker"],
      events: [],
      withoutPauses: true,
    });
    const idle = await ruin({ paths: 2 }, guaranteed, { agents: [] });
    expect(idle.doubts.map(({ code }) => code)).to.deep.equal(["NOT_EXERCISED"]);
  });

  it("gives a path the same prices whatever else there is (common random numbers)", async () => {
    const definition = thirtyDays(note);
    const { assets } = definition;
    const others: readonly Partial<ScenarioDefinition>[] = [
      { agents: [attacker(), ...definition.agents, retail()] },
      { assets: { A: { price: 1, process: gbm({ volatility: 1 }) }, ...assets } },
      { pauses: { most: 0, seconds: [3_600, 7_200] }, builder: { censors: 3 } },
    ];
    const pricesIn = async (change: Partial<ScenarioDefinition>): Promise<unknown> => {
      const world = await openWorld(local.environment(), note, buildScenario({ ...definition, ...change }));
      try {
        const genome = pathSource(world, 7);
        return [0, 1, 99].map((index) => genome(index).market.filter(({ asset }) => asset === "X"));
      } finally {
        await world.close();
      }
    };
    const alone = (await pricesIn({})) as readonly (readonly unknown[])[];
    expect(alone[0]).to.have.length(30);
    expect(alone[0]).to.not.deep.equal(alone[1]);
    for (const change of others) expect(await pricesIn(change)).to.deep.equal(alone);
  });

  it("draws correlated prices together", async () => {
    const assets = { ...thirtyDays(note).assets, Y: { price: 100, process: gbm({ volatility: 0.8 }) } };
    const correlated = { ...thirtyDays(note), assets, correlations: { X: { Y: 0.9 } } };
    const world = await openWorld(local.environment(), note, buildScenario(correlated));
    try {
      const genome = pathSource(world, 7);
      const returns = Array.from({ length: 100 }, (_value, index) => genome(index).market);
      const of = (name: string): readonly number[] =>
        returns.flatMap((moves) => moves.filter(({ asset }) => asset === name).map(({ change }) => change));
      const [x, y] = [of("X"), of("Y")];
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      const mean = (values: readonly number[]): number => sum(values) / values.length;
      const covariance = (one: readonly number[], other: readonly number[]): number =>
        mean(one.map((value, index) => (value - mean(one)) * (other[index]! - mean(other))));
      expect(covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y))).to.be.closeTo(0.9, 0.02);
    } finally {
      await world.close();
    }
  });

  it("minimises the first ruined paths into reproductions that replay", async () => {
    const { ruined, findings, unconfirmed } = await ruin({ paths: 12, minimise: 1 });
    expect(unconfirmed).to.deep.equal([]);
    expect(findings).to.have.length(1);
    const [finding] = findings;
    expect(finding?.run).to.equal(ruined[0]?.path);
    expect(finding?.certificate?.kind).to.equal("1-minimal");
    // one fall is enough
    expect(finding?.trace.steps.filter(({ kind }) => kind === "market")).to.have.length(1);
    const file = path.resolve(local.root, finding?.reproduction ?? "");
    expect((await local.connection.siege.replay(file)).kind).to.equal("violation");
    expect((await readdir(path.dirname(file))).filter((name) => name.endsWith(".test.ts"))).to.have.length(1);
  });

  describe("when it may stop early", () => {
    it("stops as soon as its confidence sequence lies on one side of the limit", async () => {
      const { paths, probability, kind } = await ruin({ paths: 2_000, stopWhen: { limit: 0.05 } });
      expect(kind).to.equal("estimated");
      expect(paths).to.be.below(100);
      expect(probability.interval.method).to.equal("confidence sequence");
      expect(probability.interval.lower).to.be.at.least(0.05);
    });

    it("stops as soon as its confidence sequence is narrow enough", async () => {
      const { paths, probability } = await ruin({ paths: 2_000, stopWhen: { width: 0.2 } }, guaranteed);
      expect(paths).to.be.below(100);
      expect(probability.interval.upper).to.be.at.most(0.2);
    });
  });

  describe("when it is stopped", () => {
    it("counts the paths that were finished, with a confidence sequence", async () => {
      const enough = new AbortController();
      const stopped = await ruin({
        paths: 1_000,
        lanes: 2,
        signal: enough.signal,
        progress: (finished) => {
          if (finished === 20) enough.abort();
        },
      });
      if (stopped.kind !== "incomplete") throw new Error(stopped.kind);
      expect(stopped.reason).to.equal("interrupted");
      // without a gap: while one lane plays a path, the other may finish several later ones
      expect(stopped.paths).to.be.within(1, 21);
      expect(stopped.probability.interval.method).to.equal("confidence sequence");
      const all = await ruin({ paths: stopped.paths });
      expect(stopped.ruined).to.deep.equal(all.ruined);
    });

    /** A provider that fails once it is told to. @param params - that it fails for; default: any */
    function failing(
      method: string,
      params: (params: readonly unknown[]) => boolean = () => true,
    ): { readonly provider: Provider; readonly fail: () => void } {
      let fails = false;
      const { provider } = local.connection;
      return {
        provider: {
          request: async (request) => {
            if (fails && request.method === method && params(request.params ?? []))
              throw new Error("HTTP 503 from upstream");
            return (await provider.request(request)) as unknown;
          },
        },
        fail: () => {
          fails = true;
        },
      };
    }

    it("is no verdict if the chain fails midway, and keeps what was played", async () => {
      const { provider, fail } = failing("evm_mine");
      const result = await estimateRuin(local.environment(provider), note, buildScenario(thirtyDays(note)), {
        paths: 1_000,
        progress: (finished) => {
          // it is then to be compared with the chain
          if (finished === 32) fail();
        },
      });
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.error?.code).to.equal("RPC_FAILED");
      expect(result.paths).to.equal(32);
      const { value, interval } = result.probability;
      expect(value).to.equal(result.ruined.length / 32);
      expect(interval.method).to.equal("confidence sequence");
    });

    it("counts a path that met a fault neither way", async () => {
      // a lane reads the storage that it has not read yet from here; what it forks writes addresses in lower case
      const { provider, fail } = failing(
        "eth_getStorageAt",
        ([account]) => String(account) === addressKey(note.address),
      );
      fail();
      const scenario = buildScenario(thirtyDays(note));
      // the test runner would print the fault besides
      const environment = { ...local.environment(provider), openChannel: undefined };
      const result = await estimateRuin(environment, note, scenario, { paths: 20 });
      if (result.kind !== "incomplete") throw new Error(result.kind);
      expect(result.error?.code).to.equal("RPC_FAILED");
      expect([result.paths, result.ruined]).to.deep.equal([0, []]);
      expect(result.probability.value).to.equal(undefined);
      expect(result.probability.interval).to.include({ lower: 0, upper: 1 });
    });
  });

  describe("with a file of paths", () => {
    const file = (): string => path.join(local.root, "paths.jsonl");

    it("goes on where it was stopped, to the same result", async () => {
      const enough = new AbortController();
      const progress = (finished: number): void => {
        if (finished === 15) enough.abort();
      };
      const options = { paths: 40, seed: 3, resume: "paths.jsonl" };
      await ruin({ ...options, lanes: 2, signal: enough.signal, progress });
      // as a process leaves it that is killed while it writes
      await appendFile(file(), '{"index":39,"ruin":{"pa');
      const before = (await readFile(file(), "utf8")).split("\n").length;
      expect(before).to.be.within(16, 22);

      const seen: number[] = [];
      const resumed = await ruin({ ...options, progress: (finished) => void seen.push(finished) });
      // those of the file were not played again
      expect(resumed.cost.blocks).to.be.at.most(30 * 27);
      expect(seen.at(-1)).to.equal(40);
      expect(essence(resumed)).to.deep.equal(essence(await ruin({ paths: 40, seed: 3 })));
      // and more paths can be added
      expect((await ruin({ ...options, paths: 44 })).cost.blocks).to.equal(30 * 4);
    });

    it("counts paths of one value of a parameter together, and no others", async () => {
      const change = { parameters: { horizon: parameter({ range: [1, 30], step: 1, set: "blocks" }) } };
      const options = { paths: 4, resume: "horizon.jsonl" };
      const short = await ruin({ ...options, parameters: { horizon: 5 } }, note, change);
      expect(short.blocks).to.equal(5);
      expect(short.parameters?.map(({ name, value }) => [name, value])).to.deep.equal([["horizon", 5]]);
      await failsWith("PATHS_FILE_INVALID", () => ruin({ ...options, parameters: { horizon: 6 } }, note, change));
    });

    it("refuses one of other paths, or of something else", async () => {
      await ruin({ paths: 1, seed: 4, resume: "other.jsonl" });
      const wrong = await failsWith("PATHS_FILE_INVALID", () => ruin({ paths: 1, seed: 5, resume: "other.jsonl" }));
      expect(wrong.message).to.include("its seed is 4, not 5");
      await failsWith("PATHS_FILE_INVALID", () => ruin({ paths: 1, seed: 4, resume: "other.jsonl" }, guaranteed));
      const calmer = { assets: { X: { price: 100, process: gbm({ volatility: 0.7 }) } } };
      await failsWith("PATHS_FILE_INVALID", () => ruin({ paths: 1, seed: 4, resume: "other.jsonl" }, note, calmer));
      await writeFile(path.join(local.root, "notes.txt"), "buy milk\n");
      await failsWith("PATHS_FILE_INVALID", () => ruin({ paths: 1, resume: "notes.txt" }));
      expect(await readFile(path.join(local.root, "notes.txt"), "utf8")).to.equal("buy milk\n");
      await failsWith("PATHS_FILE_INVALID", () => ruin({ paths: 1, resume: "." }));
    });
  });

  describe("of contracts that can tell how they are called", () => {
    for (const name of ["Tidy", "RarelyTidy"]) {
      it(`plays all paths with one transaction per call: ${name}`, async () => {
        const { connection } = local;
        const artifact = await fixtureArtifact(name);
        const [account] = (await connection.provider.request({ method: "eth_accounts" })) as readonly Address[];
        const address = await new PinnedChain(connection.provider).deploy(account!, artifact);
        const target = { address, abi: artifact.abi, name };
        const scenario = connection.siege.scenario({
          name: "an attacker that keeps calling",
          blocks: 5,
          assets: {},
          agents: [attacker()],
          conditions: [invariants(target)],
        });
        const started: number[] = [];
        const progress = (finished: number): void => void started.push(finished);
        const { ruined, explored, paths } = await connection.siege.ruin(target, scenario, { paths: 34, progress });
        expect(explored.because).to.include({ function: "serve", batched: "leaves another state" });
        expect(explored.executor).to.equal("faithful");
        // what only happens in batches is no ruin
        expect([ruined, paths]).to.deep.equal([[], 34]);
        // from the first on, again
        expect(started.filter((finished) => finished === 1)).to.have.length(2);
      });
    }
  });

  it("rejects options that say nothing", async () => {
    for (const options of [
      { paths: 0 },
      { paths: 1.5 },
      { confidence: 0 },
      { confidence: 1 },
      { confidence: 95 },
      { stopWhen: { limit: 1 } },
      { stopWhen: { width: 0 } },
      { stopWhen: {} },
      { minimise: -1 },
      { resume: "" },
      { runs: 100 },
    ]) {
      // as plain JavaScript may pass them
      await failsWith("INVALID_OPTION", () => ruin(options as RuinOptions));
    }
  });

  it("refuses a scenario that is ruined from the start", async () => {
    const { provider } = local.connection;
    const snapshot: unknown = await provider.request({ method: "evm_snapshot" });
    // `lowest` below the barrier
    await provider.request({
      method: "hardhat_setStorageAt",
      params: [note.address, "0x1", `0x${"1".padStart(64, "0")}`],
    });
    await failsWith("BROKEN_AT_START", () => ruin({ paths: 1 }));
    await provider.request({ method: "evm_revert", params: [snapshot] });
  });
});
