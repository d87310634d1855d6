import type { Address } from "viem";

import type { BranchableChain, ChainScore } from "../../../src/risk/index.js";
import type { RareRuinOptions, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { attacker, defineAgent } from "../../../src/agents/index.js";
import { invariants } from "../../../src/conditions/index.js";
import { gbm, heston } from "../../../src/market/index.js";
import { call } from "../../../src/protocols/index.js";
import { renderRareRuin } from "../../../src/report/index.js";
import { treeSplitting } from "../../../src/risk/index.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { nearness, priceModel } from "../../helpers/note-model.js";
import { PinnedChain } from "../../mini-mainnet/pinned-chain.js";

const BARRIER = 60;

const FEW: RareRuinOptions = { trees: 12, pilots: 6, score: nearness(BARRIER) };

describe("siege.rareRuin", () => {
  let local: LocalSiege;
  let note: Fixture;

  before(async () => {
    local = await createLocalSiege();
    note = await deployBarrierNote(local.connection.provider, "flawed", BARRIER);
  });
  after(() => local.close());

  const ruin = (options: RareRuinOptions, change: Partial<ScenarioDefinition> = {}, target = note) => {
    const { siege } = local.connection;
    return siege.rareRuin(target, siege.scenario({ ...thirtyDays(target), ...change }), options);
  };

  it("branches the chain as a model branches: the same estimate to the last bit, and nothing of a tree is played twice", async () => {
    const before: unknown = await local.connection.provider.request({ method: "eth_blockNumber" });
    const result = await ruin(FEW);
    const model: BranchableChain<unknown> = await priceModel(local, note, BARRIER, 1);
    const { score: _score, ...options } = FEW;
    expect(result.probability).to.deep.equal(
      await treeSplitting(model, { ...options, target: Number.MAX_VALUE, seed: 1 }),
    );
    expect(result.probability.reached).to.be.above(0);
    const { cost, probability } = result;
    // only the pilot branches what is no longer on the way
    expect(cost.again).to.be.below(probability.blocks.pilot);
    expect(cost.blocks).to.equal(probability.blocks.all + cost.again);
    expect(await local.connection.provider.request({ method: "eth_blockNumber" })).to.equal(before);
    const told = renderRareRuin(result);
    expect(told).to.include('BarrierNote under "thirty days, marked daily"');
    expect(told).to.match(
      / {2}splitting {2}12 trees, \d+ of which reached ruin \([\d.]+ effective\), over \d+ levels?\n/,
    );
  });

  it("finds nothing on the twin", async () => {
    const fixed = await deployBarrierNote(local.connection.provider, "fixed", BARRIER);
    const result = await ruin({ ...FEW, trees: 3 }, { blocks: 5 }, fixed);
    // the score climbs as prices fall, and nothing happens
    expect(result.probability.levels).to.have.lengthOf.above(1);
    expect(result.probability).to.include({ value: 0, reached: 0 });
    expect(renderRareRuin(result)).to.include("nothing is known of the probability");
  });

  it("is the same on any number of lanes, and one transaction per call", async () => {
    const results = [];
    for (const on of [{ executor: "faithful" }, { lanes: 1 }, { lanes: 3 }] as const) {
      const { cost, ...result } = await ruin({ ...FEW, ...on });
      const { seconds: _seconds, ...blocks } = cost;
      results.push({ ...result, blocks });
    }
    const [asTransactions, ...others] = results;
    expect(asTransactions?.ruined.length).to.be.above(0);
    for (const one of others) expect(one).to.deep.equal(asTransactions);
  });

  it("minimises ruined paths into reproductions that replay", async () => {
    const result = await ruin({ ...FEW, minimise: 2 });
    expect(result.ruined.map(({ path }) => path)).to.deep.equal(result.ruined.map((_one, index) => index + 1));
    expect(result.unconfirmed).to.deep.equal([]);
    expect(result.findings.map(({ run }) => run)).to.deep.equal([1, 2]);
    for (const { reproduction, violation } of result.findings) {
      expect(violation.condition).to.equal("whole");
      const outcome = await local.connection.siege.replay(reproduction!);
      expect(outcome.kind).to.equal("violation");
    }
  });

  it("branches the times of blocks with their prices", async () => {
    const blockTime = { mean: 86_400, distribution: "exponential" } as const;
    const { cost: _cost, ...one } = await ruin({ ...FEW, minimise: 1, lanes: 1 }, { blockTime });
    expect(one.probability.reached).to.be.above(0);
    expect(one.unconfirmed).to.deep.equal([]);
    expect((await local.connection.siege.replay(one.findings[0]!.reproduction!)).kind).to.equal("violation");
    const faithful = await ruin({ ...FEW, executor: "faithful" }, { blockTime });
    expect(faithful.probability).to.deep.equal(one.probability);
    // other paths than those of days that are all the same
    expect((await ruin(FEW)).probability).to.not.deep.equal(one.probability);
  });

  it("grows on the connection where a lane does something else", async () => {
    const artifact = await fixtureArtifact("RarelyTidy");
    const { provider, siege } = local.connection;
    const [account] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
    const address = await new PinnedChain(provider).deploy(account!, artifact);
    const target = { address, abi: artifact.abi, name: "RarelyTidy" };
    const server = defineAgent({
      role: "server",
      act: ({ view, submit }) => {
        const order = BigInt(Math.round(view.price("X") * 100));
        submit(call({ address, abi: artifact.abi, functionName: "serve", args: [order] }));
      },
    });
    const definition = {
      ...{ name: "orders are served", blocks: 12, blockTime: 86_400 },
      assets: { X: { price: 100, process: gbm({ volatility: 0.8 }) } },
      ...{ agents: [server], conditions: [invariants(target)] },
    };
    const found: number[] = [];
    const progress = (finished: number): void => void found.push(finished);
    const score: ChainScore = ({ view }) => -view.price("X");
    const options = { trees: 64, pilots: 6, score, progress };
    const { ruined, probability } = await siege.rareRuin(target, siege.scenario(definition), options);
    // what only happens on lanes is no ruin
    expect([ruined, probability.value]).to.deep.equal([[], 0]);
    expect(found).to.deep.equal(Array.from({ length: 64 }, (_value, index) => index + 1));
  });

  it("keeps the trees that are finished when it is stopped", async () => {
    const stop = new AbortController();
    const progress = (finished: number): void => {
      if (finished === 2) stop.abort();
    };
    const result = await ruin({ ...FEW, lanes: 1, signal: stop.signal, progress });
    expect(result).to.include({ kind: "incomplete", reason: "interrupted", wanted: 12 });
    expect(result.probability.trees).to.equal(2);
    expect(renderRareRuin(result)).to.include("is incomplete: 2 of 12 trees");
  });

  it("refuses what it could not branch, or not tell how close it is", async () => {
    const X = { price: 100, process: heston({ volatility: 0.8, reversion: 5, volOfVol: 1, correlation: 0 }) };
    for (const [change, options, message] of [
      [{ assets: { X } }, FEW, "(heston) remembers"],
      [{ agents: [...thirtyDays(note).agents, attacker()] }, FEW, "calls of attacker are drawn"],
      [{}, { ...FEW, score: () => Number.NaN }, "returned NaN"],
      [
        {},
        {
          ...FEW,
          score: () => {
            throw new Error("no price");
          },
        },
        "threw no price",
      ],
      [{}, { trees: 3, pilots: 4 }, "no condition of the scenario tells"],
      [{}, { ...FEW, trees: 1 }, '"trees" is 1'],
      [{}, { ...FEW, score: 3 as never }, '"score" is 3'],
      [{}, { ...FEW, paths: 3 } as never, "paths"],
    ] as const) {
      const error = await failsWith("INVALID_OPTION", () => ruin(options, change));
      expect(error.message).to.include(message);
    }
  });
});
