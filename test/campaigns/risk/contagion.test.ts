import type { Genome } from "../../../src/engine/events/genome.js";
import type { SiegeErrorCode } from "../../../src/errors.js";
import type { ContagionOptions, ContagionResult, Exposure, ScenarioDefinition } from "../../../src/types.js";
import type { LinkedPools, LinkedPoolsOptions } from "../../fixtures/linked-pools.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import path from "node:path";

import { expect } from "chai";

import { defineAgent } from "../../../src/agents/index.js";
import { readReproduction } from "../../../src/engine/reproduction/store.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { gbm } from "../../../src/market/index.js";
import { call, constant, defineProtocol } from "../../../src/protocols/index.js";
import { renderContagion } from "../../../src/report/index.js";
import { pathSource } from "../../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { parameter, shock } from "../../../src/scenario/index.js";
import {
  deployLinkedPools,
  keeper,
  linkedWorld,
  marketAbi,
  poolAbi,
  POOLS,
  sale,
} from "../../fixtures/linked-pools.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

const DEPTH = 1_000;
const FAIR = 2_000;

/** A market of one depth, by hand: x · y stays the same, and y is in units of the fair price. */
class MarketByHand {
  readonly depth: number;
  fair = FAIR;
  sold = 0;
  constructor(depth: number) {
    this.depth = depth;
  }
  get price(): number {
    return (this.fair * this.depth ** 2) / (this.depth + this.sold) ** 2;
  }
  sell(amount: number): number {
    const before = this.depth + this.sold;
    this.sold += amount;
    return (this.fair * this.depth ** 2 * amount) / (before * (before + amount));
  }
}

/** A pool by hand. */
class PoolByHand {
  readonly markets: readonly MarketByHand[];
  readonly routes: boolean;
  collateral: number;
  debt: number;
  constructor(
    markets: readonly MarketByHand[],
    routes: boolean,
    { collateral, debt }: { readonly collateral: number; readonly debt: number },
  ) {
    this.markets = markets;
    this.routes = routes;
    this.collateral = collateral;
    this.debt = debt;
  }
  liquidate(): void {
    const used = this.routes ? this.markets : this.markets.slice(0, 1);
    const proceeds = used.reduce((sum, market) => sum + market.sell(this.collateral / used.length), 0);
    this.collateral = 0;
    this.debt = Math.max(0, this.debt - proceeds);
  }
  get short(): number {
    const price = this.markets.reduce((sum, market) => sum + market.price, 0) / this.markets.length;
    return Math.max(0, this.debt - this.collateral * price);
  }
}

type Name = keyof typeof POOLS;

/** What both lose after some shocks, by hand. */
function byHand(
  shocked: readonly Name[],
  { depths = [DEPTH], routes = true }: LinkedPoolsOptions = {},
): Readonly<Record<Name, number>> {
  const markets = (depths === "apart" ? [DEPTH, DEPTH] : depths).map((depth) => new MarketByHand(depth));
  const own =
    depths === "apart" ? { left: markets.slice(0, 1), right: markets.slice(1) } : { left: markets, right: markets };
  const pools = {
    left: new PoolByHand(own.left, routes, POOLS.left),
    right: new PoolByHand(own.right, routes, POOLS.right),
  };
  for (const name of shocked) pools[name].liquidate();
  return { left: pools.left.short, right: pools.right.short };
}

const at = ({ matrix }: ContagionResult, from: Name, to: Name): Exposure =>
  matrix.find((one) => one.from === from && one.to === to)!;

describe("siege.contagion", () => {
  let local: LocalSiege;

  before(async () => {
    local = await createLocalSiege();
  });
  after(() => local.close());

  async function deployed(options?: LinkedPoolsOptions): Promise<LinkedPools> {
    return deployLinkedPools(local.connection.provider, options);
  }

  function contagion(
    pools: LinkedPools,
    definition: ScenarioDefinition,
    options: ContagionOptions = {},
  ): Promise<ContagionResult> {
    const { siege } = local.connection;
    return siege.contagion({ address: pools.left, abi: poolAbi }, siege.scenario(definition), { paths: 2, ...options });
  }

  it("measures the exposure matrix of two pools that is computed by hand", async () => {
    const pools = await deployed();
    const result = await contagion(pools, linkedWorld(pools));
    // 100 of a collateral of 2,000 dollars into a depth of 1,000: 2,000 · 1,000 · 100 / 1,100 dollars of the 190,000 that are owed
    expect(byHand(["left"]).left).to.be.closeTo(8_181.818_182, 1e-6);
    expect(byHand(["left"]).right).to.be.closeTo(98_000 - (50 * 2_000) / 1.21, 1e-6);
    for (const from of ["left", "right"] as const) {
      for (const to of ["left", "right"] as const) {
        const { loss, added, fails, onlyShocked } = at(result, from, to);
        const expected = byHand([from])[to];
        expect(loss.value, `${from} to ${to}`).to.be.closeTo(expected, 1e-6);
        expect(added.value).to.be.closeTo(expected, 1e-6);
        // nothing is random
        expect([added.interval.lower, added.interval.upper]).to.satisfy((bounds: readonly number[]) =>
          bounds.every((bound) => Math.abs(bound - expected) < 1e-6),
        );
        expect([fails.value, onlyShocked]).to.deep.equal([1, 2]);
      }
    }
    expect(result.unshocked.map(({ loss, fails }) => [loss.value, fails.value])).to.deep.equal([
      [0, 0],
      [0, 0],
    ]);
    expect(result.shocks).to.deep.equal([
      { protocol: "left", words: "its owner sells all collateral", does: "losses" },
      { protocol: "right", words: "its owner sells all collateral", does: "losses" },
    ]);
  });

  it("is amplified by the collateral that they share, and by nothing if each has a market to itself", async () => {
    const shared = await deployed();
    const { amplification: amplified } = await contagion(shared, linkedWorld(shared), { minimise: 0 });
    const [left, right, both] = [byHand(["left"]), byHand(["right"]), byHand(["left", "right"])];
    const alone = left.left + right.right;
    expect(amplified?.together.value).to.be.closeTo(both.left + both.right, 1e-6);
    expect(amplified?.alone.value).to.be.closeTo(alone, 1e-6);
    expect(amplified?.factor?.value).to.be.closeTo((both.left + both.right) / alone, 1e-9);
    expect(amplified?.factor?.value).to.be.above(2);
    const all = left.left + left.right + right.left + right.right;
    expect(amplified?.spread?.value).to.be.closeTo(all / alone, 1e-9);
    expect(amplified?.interaction?.value).to.be.closeTo((both.left + both.right) / all, 1e-9);

    const apart = await deployed({ depths: "apart" });
    const result = await contagion(apart, linkedWorld(apart));
    expect([at(result, "left", "right").loss.value, at(result, "right", "left").loss.value]).to.deep.equal([0, 0]);
    expect(at(result, "left", "left").loss.value).to.be.closeTo(left.left, 1e-6);
    expect(result.amplification?.factor?.value).to.be.closeTo(1, 1e-12);
    expect(result.amplification?.spread?.value).to.be.closeTo(1, 1e-12);
    expect(result.edges).to.deep.equal([]);
  });

  it("has a reproduction of each edge, which replays from its file alone", async () => {
    const pools = await deployed();
    const { siege } = local.connection;
    const { edges } = await contagion(pools, linkedWorld(pools));
    // most added loss first
    expect(edges.map(({ from, to }) => `${from} ${to}`)).to.deep.equal(["left right", "right left"]);
    for (const { from, to, reproduction } of edges) {
      expect(reproduction).to.match(/contagion\/.*\.json$/);
      const { finding } = await readReproduction(path.join(local.root, reproduction!));
      // the other's shock, and nothing else
      expect(finding.trace.steps.map(({ kind }) => kind)).to.deep.equal([`shock.${from}`]);
      expect(finding.violation.cause).to.equal(`loss of ${to}/${to}`);
      expect((await siege.replay(reproduction!)).kind).to.equal("violation");
    }
  });

  /** A day of eight blocks, in which a keeper keeps the market at the fair price of X. */
  function restless(pools: LinkedPools): ScenarioDefinition {
    return {
      ...linkedWorld(pools, 8),
      blockTime: 10_800,
      assets: { X: { price: FAIR, process: gbm({ volatility: 0.6 }) } },
      agents: [keeper(pools.markets)],
    };
  }

  /** The fair prices of paths, block by block, without a chain. */
  async function pricesOf(
    { left }: LinkedPools,
    definition: ScenarioDefinition,
    paths: number,
  ): Promise<readonly (readonly number[])[]> {
    const target = { address: left, abi: poolAbi, name: "LinkedPool" };
    const world = await openWorld(local.environment(), target, buildScenario(definition));
    try {
      const source = pathSource(world, 1);
      return Array.from({ length: paths }, (_path, index) => alongOf(source(index), definition.blocks));
    } finally {
      await world.close();
    }
  }
  function alongOf(genome: Genome, blocks: number): readonly number[] {
    let price = FAIR;
    return Array.from({ length: blocks }, (_block, index) => {
      for (const { change } of genome.market.filter(({ block }) => block === index + 1)) price *= (1e6 + change) / 1e6;
      return price;
    });
  }

  it("compares the same paths, with losses and the order of failure as computed by hand", async () => {
    const paths = 40;
    const deployedPools = await deployed();
    const definition = restless(deployedPools);
    const result = await contagion(deployedPools, definition, { paths, minimise: 0 });
    const prices = await pricesOf(deployedPools, definition, paths);
    const played = (shocked: readonly Name[]) =>
      prices.map((along) => {
        const market = new MarketByHand(DEPTH);
        const pools = {
          left: new PoolByHand([market], true, POOLS.left),
          right: new PoolByHand([market], true, POOLS.right),
        };
        const worst = { left: 0, right: 0 };
        const failed: { left?: number; right?: number } = {};
        for (const [index, fair] of along.entries()) {
          // the shock comes first, at the price of the block before
          if (index === 0) for (const name of shocked) pools[name].liquidate();
          market.fair = fair;
          for (const name of ["left", "right"] as const) {
            const { short } = pools[name];
            if (short <= 1) continue;
            failed[name] ??= index + 1;
            worst[name] = Math.max(worst[name], short);
          }
        }
        return { worst, failed };
      });
    const [without, withLeft] = [played([]), played(["left"])];
    const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
    // the market breaks some of them by itself
    expect(result.unshocked.map(({ fails }) => fails.value)).to.deep.equal([
      without.filter(({ failed }) => failed.left !== undefined).length / paths,
      without.filter(({ failed }) => failed.right !== undefined).length / paths,
    ]);
    expect(result.unshocked[0]?.fails.value).to.be.within(0.01, 0.99);
    const { loss, added, onlyShocked } = at(result, "left", "right");
    // prices that are written down have six decimals
    expect(loss.value).to.be.closeTo(mean(withLeft.map(({ worst }) => worst.right)), 0.01);
    const differences = withLeft.map(({ worst }, path) => worst.right - without[path]!.worst.right);
    expect(added.value).to.be.closeTo(mean(differences), 0.01);
    const variance = mean(differences.map((one) => (one - mean(differences)) ** 2)) * (paths / (paths - 1));
    // Student's t with 39 degrees of freedom: 2.0227
    expect(added.interval.upper).to.be.closeTo(mean(differences) + 2.0227 * Math.sqrt(variance / paths), 0.5);
    // on the same paths, most of what the market does cancels
    expect(added.interval.upper! - added.interval.lower!).to.be.below(loss.interval.upper! - loss.interval.lower!);
    expect(onlyShocked).to.equal(
      withLeft.filter(({ failed }, path) => failed.right !== undefined && without[path]!.failed.right === undefined)
        .length,
    );
    const [calm] = result.orders;
    const expected = without.map(({ failed: { left, right } }) => {
      if (left === undefined && right === undefined) return "none";
      if (left === right) return "left+right";
      return (left ?? Infinity) < (right ?? Infinity)
        ? right === undefined
          ? "left"
          : "left>right"
        : left === undefined
          ? "right"
          : "right>left";
    });
    const told = (calm?.sequences ?? []).map(
      ({ order, paths: count }) =>
        [order.length === 0 ? "none" : order.map((group) => group.join("+")).join(">"), count] as const,
    );
    for (const [order, count] of told) expect(expected.filter((one) => one === order).length, order).to.equal(count);
    expect(told.reduce((sum, [, count]) => sum + count, 0)).to.equal(paths);
    expect(told.length).to.be.above(1);
  });

  it("is the same on any number of lanes, and goes on from a file of paths", async () => {
    const pools = await deployed();
    const options = { paths: 6, minimise: 0 };
    const plain = ({ seconds: _seconds, explored: _explored, ...rest }: ContagionResult): object => rest;
    const one = await contagion(pools, restless(pools), { ...options, lanes: 1 });
    const two = await contagion(pools, restless(pools), { ...options, lanes: 2, resume: "contagion.jsonl" });
    expect(plain(two)).to.deep.equal(plain(one));
    const faithful = await contagion(pools, restless(pools), { ...options, executor: "faithful" });
    expect(plain(faithful)).to.deep.equal(plain(one));
    const runs: number[] = [];
    const again = await contagion(pools, restless(pools), {
      ...options,
      paths: 8,
      resume: "contagion.jsonl",
      progress: (played) => runs.push(played),
    });
    // 4 variants: 24 runs are there, and 8 are missing
    expect([runs[0], runs.at(-1)]).to.deep.equal([24, 32]);
    expect(plain(again)).to.deep.equal(plain(await contagion(pools, restless(pools), { ...options, paths: 8 })));
    await failsWith("PATHS_FILE_INVALID", () =>
      contagion(pools, restless(pools), { ...options, at: 2, resume: "contagion.jsonl" }),
    );
  });

  it("says of a shock that does nothing that it does nothing, and why", async () => {
    const pools = await deployed();
    const definition = linkedWorld(pools);
    const stranger = "0x00000000000000000000000000000000000057a6";
    const calls = call({ address: pools.right, abi: poolAbi, functionName: "liquidate" });
    const result = await contagion(pools, {
      ...definition,
      shocks: { left: definition.shocks!.left!, right: shock({ calls, as: stranger }) },
    });
    expect(result.shocks[1]).to.deep.equal({
      protocol: "right",
      words: "calls liquidate()",
      does: "nothing",
      refused: ['liquidate(): "not the owner"'],
    });
    expect(renderContagion(result)).to.match(/right +did nothing: liquidate\(\): "not the owner"/);
    const idle = await contagion(pools, { ...definition, shocks: { right: shock({ calls, as: stranger }) } });
    expect(idle.amplification?.factor).to.equal(undefined);
  });

  it("lets agents of a shock act in its paths only", async () => {
    const pools = await deployed();
    const definition = linkedWorld(pools);
    const seller = defineAgent({
      role: "seller",
      act: ({ view, submit }) => {
        if (view.block === 2)
          submit(call({ address: pools.markets[0]!, abi: marketAbi, functionName: "sell", args: [200n * 10n ** 18n] }));
      },
    });
    const result = await contagion(pools, {
      ...definition,
      shocks: { left: definition.shocks!.left!, right: shock({ agents: [seller] }) },
    });
    // 200 more in a depth of 1,000
    const price = FAIR / 1.44;
    expect(at(result, "right", "left").loss.value).to.be.closeTo(190_000 - 100 * price, 1e-6);
    expect(at(result, "right", "right").loss.value).to.be.closeTo(98_000 - 50 * price, 1e-6);
    expect(at(result, "left", "left").loss.value).to.be.closeTo(byHand(["left"]).left, 1e-6);
    expect(result.orders[2]?.sequences).to.deep.equal([{ order: [["left", "right"]], paths: 2 }]);
    const [edge] = result.edges.filter(({ from }) => from === "right");
    const { finding } = await readReproduction(path.join(local.root, edge!.reproduction!));
    expect(finding.trace.steps.map((step) => ("agent" in step ? step.agent : step.kind))).to.deep.equal(["seller"]);
  });

  it("tells the share that fragmented liquidity adds: some where nobody routes, none where a sale is split", async () => {
    for (const routes of [false, true]) {
      const whole = await deployed({ routes });
      const parts = await deployed({ depths: [250, 250, 250, 250], routes });
      const definition: ScenarioDefinition = {
        ...linkedWorld(whole),
        parameters: {
          venues: parameter({
            range: [1, 4],
            step: 1,
            set: (venues) => {
              const { protocols, shocks } = linkedWorld(venues === 1 ? whole : parts);
              return { protocols: protocols!, shocks: shocks! };
            },
          }),
        },
      };
      const fragmentation = { parameter: "venues", whole: 1, parts: 4 };
      const { fragmentation: found } = await contagion(whole, definition, { fragmentation, minimise: 0 });
      const total = (depths: readonly number[]): number => {
        const { left, right } = byHand(["left", "right"], { depths, routes });
        return left + right;
      };
      const [one, four] = [total([DEPTH]), total([250, 250, 250, 250])];
      expect(found?.wholeLoss.value).to.be.closeTo(one, 1e-6);
      expect(found?.partsLoss.value).to.be.closeTo(four, 1e-6);
      expect(found?.share?.value).to.be.closeTo((four - one) / four, 1e-9);
      if (routes) expect(found?.added.value).to.be.closeTo(0, 1e-6);
      else expect(found?.share?.value).to.be.above(0.3);
    }
  });

  it("keeps complete paths when it is stopped, and leaves the connection as it was", async () => {
    const pools = await deployed();
    const { provider } = local.connection;
    const before: unknown = await provider.request({ method: "eth_blockNumber" });
    const controller = new AbortController();
    const result = await contagion(pools, restless(pools), {
      paths: 1_000,
      lanes: 1,
      executor: "faithful",
      signal: controller.signal,
      progress: (played) => {
        if (played === 42) controller.abort();
      },
    });
    expect(result).to.include({ cut: "interrupted", wanted: 1_000 });
    // four variants
    expect(result.paths).to.be.within(9, 11);
    expect(result.matrix).to.have.length(4);
    expect(result.edges[0]?.because).to.equal("it was stopped before");
    expect(await provider.request({ method: "eth_blockNumber" })).to.equal(before);
    const none = await contagion(pools, restless(pools), { timeLimit: 1e-6 });
    expect(none).to.include({ cut: "time limit", paths: 0 });
    expect([none.matrix, none.amplification]).to.deep.equal([[], undefined]);
  });

  it("refuses what cannot be measured, each with a code", async () => {
    const pools = await deployed();
    const definition = linkedWorld(pools);
    const { left, right } = definition.protocols!;
    const silent = defineProtocol({
      kind: "silent",
      inspect: (_context, address) => Promise.resolve({ address }),
      observe: () => constant(undefined),
    });
    const cases: readonly (readonly [SiegeErrorCode, RegExp, Partial<ScenarioDefinition>, ContagionOptions?])[] = [
      [
        "INVALID_SCENARIO",
        /at least two protocols.*only "left"/,
        { protocols: { left: left! }, shocks: { left: sale(pools.left) } },
      ],
      [
        "UNSUPPORTED_PROTOCOL",
        /"mute" \(silent\) reports no loss/,
        { protocols: { left: left!, right: right!, mute: silent(pools.left) }, shocks: { mute: sale(pools.left) } },
      ],
      ["INVALID_SCENARIO", /says of no protocol how it fails/, { shocks: {} }],
      ["INVALID_OPTION", /names "left" more than once/, {}, { protocols: ["left", "left"] }],
      ["UNKNOWN_PROTOCOL", /names "middle"/, {}, { protocols: ["left", "middle"] }],
      ["INVALID_OPTION", /"paths" is 1\./, {}, { paths: 1 }],
      ["INVALID_OPTION", /"at" is 4\./, {}, { at: 4 }],
      ["INVALID_SCENARIO", /no shock of left or right|at least two/, {}, { protocols: ["left"] }],
      ["UNKNOWN_PARAMETER", /venues/, {}, { fragmentation: { parameter: "venues", whole: 1, parts: 4 } }],
    ];
    for (const [code, message, change, options] of cases) {
      const error = await failsWith(code, () => contagion(pools, { ...definition, ...change }, options));
      expect(error.summary).to.match(message);
    }
    const ownerless = shock({
      calls: call({ address: pools.markets[0]!, abi: marketAbi, functionName: "mark", args: [1n] }),
    });
    const error = await failsWith("INVALID_SCENARIO", () =>
      contagion(pools, { ...definition, shocks: { left: ownerless } }),
    );
    expect(error.summary).to.match(/which has no owner\(\)/);
  });
});
