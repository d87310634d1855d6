import type { Agent } from "../../src/agents/agent.js";
import type { Genome } from "../../src/engine/genome.js";
import type { MinedBlock } from "../../src/engine/run.js";
import type { AaveV3Account } from "../../src/protocols/aave-v3-view.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { expect } from "chai";

import { arbitrageur, attacker, borrower, liquidator } from "../../src/agents/index.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { agentAddress } from "../../src/engine/accounts.js";
import { Player } from "../../src/engine/player.js";
import { ObservedView } from "../../src/engine/view.js";
import { openWorld } from "../../src/engine/world.js";
import { aaveV3, chainlink, uniswapV2 } from "../../src/protocols/index.js";
import { constant } from "../../src/protocols/read-plan.js";
import { buildScenario } from "../../src/scenario/build-scenario.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";
import { createFork } from "../mini-mainnet/fork.js";

/** Holds always: these tests watch agents, not a target. */
const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

interface Played {
  /** What agents did, in order: `2 liquidator liquidationCall`. A transaction that failed ends in `failed`. */
  readonly deeds: readonly string[];
  /** The state after the last block. */
  readonly view: ObservedView;
}

/** The policies on the real contracts, in the engine. */
describe("built-in agents", () => {
  let source: MiniMainnetSource;
  let fork: Fork<MiniMainnetSource>;

  before(async () => {
    source = await miniMainnetSource();
  });
  after(() => source.close());
  beforeEach(async () => {
    fork = await createFork({ source });
  });
  afterEach(() => fork.close());

  /** Plays some blocks in which ether moves by parts per million. */
  async function play(
    agents: readonly Agent[],
    blocks: number,
    moves: readonly { readonly block: number; readonly change: number }[],
  ): Promise<Played> {
    const { weth, usdc, uniswapV2: uniswap, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
    const scenario = buildScenario({
      name: "agents",
      blocks,
      assets: { ETH: { token: weth }, USDC: { price: 1, token: usdc } },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        lending: aaveV3(aave.addressesProvider),
      },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents,
      conditions: [nothing],
      accounts: { alice: users.alice },
    });
    const target = { name: "Pool", address: aave.pool, abi: [] };
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    try {
      const deeds: string[] = [];
      let last: MinedBlock | undefined;
      const genome: Genome = {
        seed: 1,
        blocks,
        muted: [],
        market: moves.map((move) => ({ asset: "ETH", ...move })),
        oracles: [],
        moves: [],
      };
      await new Player(world, () => undefined).genome(genome, {
        mined: async (mined) => {
          last = mined;
          for (const [index, { sender, call }] of mined.calls.entries()) {
            const inclusion = mined.inclusions[index]!;
            const receipt = inclusion.kind === "transaction" ? await world.chain.receipt(inclusion.hash) : undefined;
            if (sender !== "ETH feed") {
              const deed = `${String(mined.block)} ${sender} ${call.function.name}`;
              deeds.push(receipt?.success === true ? deed : `${deed} failed`);
            }
          }
        },
      });
      const price = moves.reduce((value, { change }) => value * (1 + change / 1e6), 2_000);
      const prices = new Map([
        ["ETH", price],
        ["USDC", 1],
      ]);
      return {
        deeds,
        view: new ObservedView(world.frame, last!.state.observation, {
          block: blocks,
          timestamp: 0,
          prices,
          space: last!.state.space,
          results: undefined,
        }),
      };
    } finally {
      await world.close();
    }
  }

  function dollarsOf(view: ObservedView, name: string): number {
    return Number(view.balance(fork.addresses.usdc, agentAddress(name))) / 1e6;
  }

  function positionOf(view: ObservedView, name: string): AaveV3Account {
    return view.at(aaveV3).accounts.get(agentAddress(name).toLowerCase())!;
  }

  it("close the gap between the pool and the fair price, and then rest", async () => {
    const agents = [arbitrageur({ capital: { ETH: 300, USDC: 600_000 } })];
    const { deeds, view } = await play(agents, 6, [
      { block: 2, change: -60_000 },
      { block: 4, change: 100_000 },
    ]);
    const swap = "arbitrageur swapExactTokensForTokens";
    expect(deeds).to.deep.equal([`2 ${swap}`, `4 ${swap}`]);
    // the last unit bought cost the fair price, the pool's fee included; the fee itself stays in the pool and moves it
    const spot = view.at(uniswapV2).spotPrice(fork.addresses.weth);
    expect(spot / 0.997).to.be.closeTo(2_000 * 0.94 * 1.1, 0.5);
  });

  it("liquidate what became liquidatable, sell what they seized, and profit", async () => {
    const agents = [arbitrageur({ capital: { ETH: 300, USDC: 600_000 } }), liquidator({ capital: { USDC: 500_000 } })];
    const { deeds, view } = await play(agents, 8, [{ block: 2, change: -60_000 }]);
    expect(deeds.filter((deed) => deed.includes("liquidator")).slice(0, 2)).to.deep.equal([
      "3 liquidator liquidationCall",
      "4 liquidator swapExactTokensForTokens",
    ]);
    expect(deeds.join()).to.not.include("failed");
    expect(view.balance(fork.addresses.weth, agentAddress("liquidator"))).to.equal(0n);
    expect(dollarsOf(view, "liquidator")).to.be.above(500_000);
  });

  it("leave a liquidation alone that does not pay", async () => {
    const rich = liquidator({ capital: { USDC: 500_000 }, minProfit: 1_000_000 });
    expect((await play([rich], 4, [{ block: 1, change: -60_000 }])).deeds).to.deep.equal([]);
  });

  it("borrow what they were told to, and defend it or not", async () => {
    const options = { collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.75 };
    const agents = [borrower(options), borrower({ ...options, name: "careful", repayBelow: 1.05 })];
    const { deeds, view } = await play(agents, 6, [{ block: 3, change: -60_000 }]);
    expect(deeds).to.deep.equal([
      "1 borrower supply",
      "1 careful supply",
      "2 borrower borrow",
      "2 careful borrow",
      "4 careful repay",
    ]);
    const threshold = 0.825;
    const factor = (name: string): number => Number(positionOf(view, name).healthFactor) / 1e18;
    expect(factor("borrower")).to.be.closeTo((threshold / 0.75) * 0.94, 1e-4);
    expect(factor("careful")).to.be.closeTo(threshold / 0.75, 1e-4);
  });

  it("leave to the search what the search moves", async () => {
    expect((await play([attacker({ capital: { USDC: 1 } })], 2, [])).deeds).to.deep.equal([]);
  });
});
