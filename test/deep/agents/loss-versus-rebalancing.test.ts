import type { Process } from "../../../src/market/index.js";
import type { ScenarioDefinition } from "../../../src/scenario/scenario.js";

import { expect } from "chai";

import { arbitrageur } from "../../../src/agents/index.js";
import { defineCondition } from "../../../src/conditions/index.js";
import { sampled } from "../../../src/engine/events/draw.js";
import { interval, intervalsIn } from "../../../src/engine/events/interval.js";
import { Player } from "../../../src/engine/run/player.js";
import { startView, viewAfter } from "../../../src/engine/run/views.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { gbm } from "../../../src/market/index.js";
import { createRandom } from "../../../src/market/random.js";
import { constant, uniswapV2 } from "../../../src/protocols/index.js";
import { PPM } from "../../../src/quantity/ppm.js";
import { SECONDS_PER_YEAR } from "../../../src/quantity/year.js";
import { pathSource } from "../../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { forkForEach } from "../../helpers/play-agents.js";

/** On the chain, and of the model that does the same. */
const BLOCKS = 6_000;
const MANY = 4_000_000;

/** Of the price, in a block of mean length: 5 % a day, in blocks of 12 seconds. */
const DEVIATION = 0.05 * Math.sqrt(12 / 86_400);
/** The pair's fee, and how far its price may be from the fair one before a trade pays, in logarithms. */
const FEE = 0.003;
const EDGE = -Math.log(1 - FEE);

type BlockTime = NonNullable<ScenarioDefinition["blockTime"]>;

/** A price without drift that varies so much in a mean block, however long that is. */
function diffusion(blockTime: BlockTime): Process {
  const mean = typeof blockTime === "number" ? blockTime : blockTime.mean;
  return gbm({ volatility: DEVIATION / Math.sqrt(mean / SECONDS_PER_YEAR) });
}

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

/** A trade of the arbitrageur, US dollars at the fair price of its block. */
interface Trade {
  readonly block: number;
  /** What it gets less what it gives, but for the fee: what the pool loses against somebody who rebalances at fair prices. */
  readonly gross: number;
  /** What the arbitrageur keeps. */
  readonly net: number;
}

/**
 * Arbitrage on a real Uniswap V2 pair without gas: Milionis, Moallemi, Roughgarden & Zhang, *Automated market making and
 * loss-versus-rebalancing* (2022), and Milionis, Moallemi & Roughgarden, *Automated market making and arbitrage profits in the presence of
 * fees* (2023).
 */
describe("loss versus rebalancing", () => {
  const theFork = forkForEach();

  async function played(blockTime: BlockTime) {
    const { weth, usdc, uniswapV2: uniswap } = theFork().addresses;
    const scenario = buildScenario({
      name: "arbitrage",
      blocks: BLOCKS,
      blockTime,
      assets: { ETH: { price: 2_000, token: weth, process: diffusion(blockTime) }, USDC: { price: 1, token: usdc } },
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
      agents: [arbitrageur({ capital: { ETH: 2_000, USDC: 4e6 } })],
      conditions: [nothing],
      gas: { baseFee: 0n },
    });
    const { provider } = theFork().connection;
    const target = { name: "Pair", address: uniswap.usdcWeth, abi: [] };
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    try {
      const genome = pathSource(world, 1)(0);
      const trades: Trade[] = [];
      /** The value of the pool before each block. */
      const values: number[] = [];
      const times = [world.base.timestamp];
      let reserves = startView(world).at(uniswapV2).reservesFrom(weth);
      await new Player(world, () => undefined).genome(genome, {
        mined: async ({ block, environment, state }) => {
          times.push(environment.timestamp);
          const view = viewAfter(world, state);
          const price = view.price("ETH");
          const now = view.at(uniswapV2).reservesFrom(weth);
          values.push((Number(reserves[0]) / 1e18) * price + Number(reserves[1]) / 1e6);
          const [ether, dollars] = [Number(now[0] - reserves[0]) / 1e18, Number(now[1] - reserves[1]) / 1e6];
          if (ether !== 0) {
            const net = -(ether * price + dollars);
            trades.push({ block, net, gross: net + FEE * (ether > 0 ? ether * price : dollars) });
          }
          reserves = now;
        },
      });
      const intervals = times.slice(1).map((time, index) => time - (times[index] ?? NaN));
      return { trades, values, genome, intervals, drawn: intervalsIn(genome.intervals ?? [], world.scenario) };
    } finally {
      await world.close();
    }
  }

  /** When an arbitrageur trades, of these changes of the price: whenever the pool's price is more than a fee away, and by how much. */
  function tradesOf(changes: readonly number[]): readonly { readonly block: number; readonly beyond: number }[] {
    let distance = 0;
    return changes.flatMap((change, index) => {
      distance += Math.log1p(change / PPM);
      const beyond = Math.abs(distance) - EDGE;
      if (beyond <= 0) return [];
      distance = Math.sign(distance) * EDGE;
      return [{ block: index + 1, beyond }];
    });
  }

  /** The mean of a quantity of blocks, and its standard error: blocks depend on those before, so stretches of them are compared. */
  function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
    const length = values.length / 40;
    const means = Array.from({ length: 40 }, (_value, stretch) => {
      const part = values.slice(stretch * length, (stretch + 1) * length);
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    });
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1);
    return { mean, error: Math.sqrt(variance / means.length) };
  }

  function byBlock(trades: readonly Trade[], of: (trade: Trade) => number): readonly number[] {
    const found = new Map(trades.map((trade) => [trade.block, of(trade)]));
    return Array.from({ length: BLOCKS }, (_value, index) => found.get(index + 1) ?? 0);
  }

  for (const [name, blockTime, expected, tolerance] of [
    // 1 / (1 + √2 γ / σ √Δt); blocks are so far apart that whole seconds make no difference (0.121954)
    ["exponential intervals of 1,200 s", { mean: 1_200, distribution: "exponential" }, 0.12195, 0.0005],
    // with whole seconds, of which a block takes at least one: the stationary distribution by Nyström's method
    ["exponential intervals of 12 s", { mean: 12, distribution: "exponential" }, 0.12223, 0.0005],
    // computed by another program
    ["fixed intervals", 12, 0.124, 0.001],
  ] as const) {
    it(`is σ²/8, and a trade comes as often as theory says, at ${name}`, async () => {
      const { trades, values, genome, intervals, drawn } = await played(blockTime);
      expect(intervals).to.deep.equal(drawn ?? Array.from({ length: BLOCKS }, () => blockTime));
      const changes = Array.from({ length: BLOCKS }, () => 0);
      for (const { block, change } of genome.market) changes[block - 1] = change;
      // the pair of the chain and the model agree on every block, but for trades that would earn less than a tenth of a cent
      const chain = new Set(trades.map(({ block }) => block));
      const model = tradesOf(changes);
      expect(model.map(({ block }) => block)).to.include.members([...chain]);
      for (const { block, beyond } of model) if (!chain.has(block)) expect(beyond).to.be.below(3e-5);
      const often = meanOf(byBlock(trades, () => 1));
      expect(Math.abs(often.mean - expected)).to.be.below(3 * often.error);
      expect(often.error).to.be.below(0.01);

      // of each block's value, so that a pool that has grown counts as much
      const share = (of: (trade: Trade) => number): readonly number[] =>
        byBlock(trades, (trade) => of(trade) / (values[trade.block - 1] ?? NaN));
      const loss = meanOf(share(({ gross }) => gross));
      expect(Math.abs(loss.mean - DEVIATION ** 2 / 8)).to.be.below(3 * loss.error);
      expect(loss.error).to.be.below(0.1 * (DEVIATION ** 2 / 8));
      // of which arbitrageurs keep as much as trades are frequent, and the fee returns the rest
      const kept = meanOf(share(({ net }) => net));
      expect(Math.abs(kept.mean - (often.mean * DEVIATION ** 2) / 8)).to.be.below(3 * kept.error);
      console.log(
        `    ${name}: ${often.mean.toFixed(4)} ± ${often.error.toFixed(4)} trades a block, loss ${((loss.mean / DEVIATION ** 2) * 8).toFixed(3)} ± ${((loss.error / DEVIATION ** 2) * 8).toFixed(3)} σ²/8, of which arbitrageurs keep ${(kept.mean / loss.mean).toFixed(4)}`,
      );
    });

    it(`a model that agrees with the chain trades in ${expected} of ${MANY} blocks at ${name}`, () => {
      const scenario = buildScenario({
        name: "model",
        blocks: 10_000,
        blockTime,
        assets: {},
        agents: [],
        conditions: [nothing],
      });
      const draw = sampled(interval.genes.draw({ scenario, catalogue: new Map() }), 3);
      const times = Array.from({ length: MANY / scenario.blocks }, () => intervalsIn(draw(), scenario) ?? []).flat();
      const changes = diffusion(blockTime).sample({
        blocks: MANY,
        blockTime: scenario.blockTime,
        random: createRandom(2),
        ...(times.length === 0 ? {} : { intervals: times }),
      });
      expect(tradesOf(changes).length / MANY).to.be.closeTo(expected, tolerance);
    });
  }
});
