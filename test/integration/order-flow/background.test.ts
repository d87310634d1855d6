import type { Hex } from "viem";

import type { Agent } from "../../../src/agents/index.js";
import type { FlowDataSet } from "../../../src/order-flow/index.js";

import { expect } from "chai";

import { backgroundFrom, noiseTrader } from "../../../src/agents/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { calibrateFlow, toxicityOf } from "../../../src/order-flow/index.js";
import { flowOfLogs } from "../../../src/order-flow/ingest/flow-of-logs.js";
import { rawLogOf } from "../../../src/order-flow/ingest/raw-log.js";
import { addressKey } from "../../../src/quantity/address.js";
import { codeOf } from "../../helpers/errors.js";
import { forkForEach, genomeOf, openMarket, playAgents } from "../../helpers/play-agents.js";
import { simulatedFlow } from "../../helpers/simulated-flow.js";

const CAPITAL = { ETH: 500, USDC: 1_000_000 };

describe("a background from order flow", () => {
  const theFork = forkForEach();

  /** The order flow that agents leave on the chain, as a node has it. */
  async function flowOfAgents(agents: readonly Agent[], blocks: number): Promise<FlowDataSet> {
    const { provider } = theFork().connection;
    const { usdc, weth, uniswapV2 } = theFork().addresses;
    const address = uniswapV2.usdcWeth;
    const logs: unknown[] = [];
    const times = new Map<number, number>();
    const world = await openMarket(theFork(), { agents, blocks });
    try {
      await new Player(world, () => undefined).genome(genomeOf({ blocks }), {
        mined: async () => {
          const request = { fromBlock: "latest", toBlock: "latest", address };
          logs.push(...((await provider.request({ method: "eth_getLogs", params: [request] })) as unknown[]));
          const block = (await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] })) as {
            number: Hex;
            timestamp: Hex;
          };
          times.set(Number(block.number), Number(block.timestamp));
        },
      });
    } finally {
      await world.close();
    }
    const numbers = [...times.keys()];
    const first = Math.min(...numbers);
    return flowOfLogs(
      logs.map((log, index) => rawLogOf(log, `log ${index + 1}`)),
      {
        chainId: 1,
        contracts: {
          pool: { kind: "uniswapV2", address, tokens: [addressKey(usdc), addressKey(weth)], quote: addressKey(usdc) },
        },
        tokens: {
          [addressKey(usdc)]: { symbol: "USDC", decimals: 6 },
          [addressKey(weth)]: { symbol: "WETH", decimals: 18, asset: "ETH" },
        },
        covered: [[first, Math.max(...numbers)]],
        timeOf: (block) => times.get(block) ?? (block === first - 1 ? times.get(first)! - 12 : undefined),
      },
    );
  }

  const noise = (): Agent =>
    noiseTrader({ capital: CAPITAL, rate: 2, medianSize: 500, sizeDeviation: 0.8, maxSlippage: 0.05 });

  it("recovers how noise traders trade, and its crowd trades like them", async () => {
    const found = calibrateFlow(await flowOfAgents([noise()], 60)).pools.pool!;
    const within = ({ interval: [lower, upper] }: { interval: readonly [number, number] }, truth: number): boolean =>
      lower <= truth && truth <= upper;
    expect(within(found.arrivals.rate, 2 / 12), "rate").to.equal(true);
    expect(within(found.sizes.deviation, 0.8), "deviation").to.equal(true);
    // of sales, the quote token is what remains after the fee
    expect(found.sizes.median.value).to.be.closeTo(500, 3 * found.sizes.median.error);
    expect(within(found.purchases, 0.5), "purchases").to.equal(true);
    const calibration = calibrateFlow(await flowOfAgents([noise()], 60));
    const crowd = backgroundFrom(calibration, { capital: CAPITAL, maxSlippage: 0.05 });
    const again = calibrateFlow(await flowOfAgents(crowd, 60)).pools.pool!;
    for (const [one, other] of [
      [again.arrivals.rate, found.arrivals.rate],
      [again.sizes.median, found.sizes.median],
      [again.sizes.deviation, found.sizes.deviation],
    ] as const) {
      expect(Math.abs(one.value - other.value)).to.be.at.most(3 * Math.hypot(one.error, other.error));
    }
  });

  it("makes the same orders with the same seed, and others with another", async () => {
    const calibration = calibrateFlow(await flowOfAgents([noise()], 20));
    const agents = backgroundFrom(calibration, { capital: CAPITAL });
    const played = async (seed: number): Promise<readonly string[]> =>
      (await playAgents(theFork(), { agents, blocks: 6, seed })).views.map((view) =>
        String(view.balance(theFork().addresses.usdc, view.accounts.get("pool crowd")!)),
      );
    const first = await played(7);
    expect(await played(7)).to.deep.equal(first);
    expect(await played(8)).to.not.deep.equal(first);
  });

  it("takes a toxicity of what agents did on the real pool", async () => {
    const flow = await flowOfAgents([noise()], 40);
    const { markouts, vpin, rebalancingLoss } = toxicityOf(flow, { pool: "pool" });
    expect(markouts.length).to.be.greaterThan(0);
    expect(vpin!.value).to.be.within(0, 1);
    expect(rebalancingLoss!.value).to.be.greaterThan(0);
  });

  it("is told of pools, markets and tokens that are not there", async () => {
    const flow = simulatedFlow(
      Array.from({ length: 30 }, (_nothing, index) => ({ at: index * 60, ether: index % 2 === 0 ? 0.1 : -0.1 })),
      1_800,
    );
    expect(codeOf(() => backgroundFrom(flow, { capital: {}, pools: { nowhere: "pool" } }))).to.equal("INVALID_OPTION");
    const lending = { aave: { asset: "USDC", capital: 1 } };
    expect(codeOf(() => backgroundFrom(flow, { capital: {}, lending }))).to.equal("INVALID_OPTION");
    expect(codeOf(() => backgroundFrom(flow, { capital: {}, blockTime: 0 }))).to.equal("INVALID_OPTION");
  });
});
