import type { Hex } from "viem";

import type { World } from "../../../src/engine/world/world.js";
import type { Interference } from "../../../src/order-flow/interference.js";
import type { CampaignResult } from "../../../src/types.js";
import type { MainnetSource } from "../../mini-mainnet/fork-source.js";
import type { Fork } from "../../mini-mainnet/fork.js";
import type { RecordedBlock } from "../../recorded-mainnet/recorded-block.js";

import { expect } from "chai";
import { parseUnits } from "viem";

import { defineAgent } from "../../../src/agents/index.js";
import { undisturbed } from "../../../src/conditions/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { orderFlowOf } from "../../../src/market/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { MAINNET } from "../../mini-mainnet/address-book.js";
import { mineRecorded, onFork } from "../../recorded-mainnet/mine-recorded.js";
import { hasRecordedBlocks, recordedBlock } from "../../recorded-mainnet/recorded-block.js";
import { siegeOnRecorded } from "../../recorded-mainnet/siege-on-recorded.js";

const NUMBER = 15_538_827;

/** The 13th transaction. */
const ARBITRAGE = "0xcc7794e2a9a5b2c52e1b8edcd30d899fdf29099eee4a19f3808d4109ddecfe90";
const ARBITRAGEUR = "0x92824d144c6543f70a649b2c3e7596612375fd4d";
const ITS_CONTRACT = "0xbeefbabeea323f07c59926295205d3b7a17e8638";

const GWEI = 10n ** 9n;

describe("agents between the transactions of mainnet block 15,538,827 (need ../shared/recorded-state)", () => {
  let block: RecordedBlock;
  let fork: Fork<MainnetSource>;

  before(function () {
    if (!hasRecordedBlocks()) this.skip();
    block = recordedBlock(NUMBER);
  });
  afterEach(() => fork.close());

  const wide = { hardfork: "merge", blockGasLimit: 60_000_000 };

  function definition(agents: Parameters<typeof buildScenario>[0]["agents"], transactions?: number) {
    return {
      name: "a real block",
      blocks: 1,
      assets: { ETH: { price: 1_580, token: MAINNET.weth }, USDC: { price: 1, token: MAINNET.usdc } },
      protocols: { pool: uniswapV2(MAINNET.uniswapV2.usdcWeth, { router: MAINNET.uniswapV2.router }) },
      agents,
      conditions: [undisturbed()],
      gas: { baseFee: block.baseFee! },
      orderFlow: [orderFlowOf(block.json).slice(0, transactions)],
    } as const;
  }

  /** Buys ether on Uniswap V2 for this many dollars. */
  function buyer(usdc: number, tip: () => bigint) {
    return defineAgent({
      role: "buyer",
      capital: { USDC: usdc },
      act: ({ view, self, submit }) => {
        const amountIn = parseUnits(String(usdc), 6);
        const swap = { tokenIn: MAINNET.usdc, tokenOut: MAINNET.weth, amountIn, minOut: 0n, self: self.address };
        submit({ call: view.all(venue).get("pool")!.swap(swap), tip: tip(), gas: 400_000n });
      },
    });
  }

  async function siege(agents: Parameters<typeof definition>[0], transactions: number): Promise<CampaignResult> {
    fork = await siegeOnRecorded(block, wide);
    const { siege: it } = fork.connection;
    const target = { address: MAINNET.uniswapV2.usdcWeth, abi: [] };
    const result = await it.run(target, it.scenario(definition(agents, transactions)), { runs: 1 });
    if (result.kind === "incomplete") throw result.error ?? new Error("incomplete");
    if (process.env.SHOW === "1" && result.kind === "violation") console.log(renderFailure(result));
    return result;
  }

  async function worldOf(agents: Parameters<typeof definition>[0], network = wide): Promise<World> {
    fork = await siegeOnRecorded(block, network);
    const { provider } = fork.connection;
    const target = { name: "pair", address: MAINNET.uniswapV2.usdcWeth, abi: [] };
    const scenario = buildScenario(definition(agents));
    return openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
  }

  /** Plays the block with a buyer in it, once for each tip that it pays: behind the others, and in front of them. */
  async function disturbed(usdc: number, network = wide): Promise<Record<"last" | "first", readonly Interference[]>> {
    let tip = 0n;
    const world = await worldOf([buyer(usdc, () => tip)], network);
    const genome = { seed: 1, blocks: 1, muted: [], market: [], oracles: [], moves: [] };
    const played = async (paid: bigint): Promise<readonly Interference[]> => {
      tip = paid;
      let seen: readonly Interference[] = [];
      await new Player(world, () => undefined).genome(genome, {
        mined: async ({ state }) => {
          seen = state.interferences;
        },
      });
      return seen;
    };
    try {
      return { last: await played(0n), first: await played(2_000n * GWEI) };
    } finally {
      await world.close();
    }
  }

  it("without agents, all 823 have their original outcome", async () => {
    const world = await worldOf([]);
    const ends = world.undisturbed;
    await world.close();
    const rules = { hardfork: "merge", blockGasLimit: block.gasLimit };
    await onFork(block.before, rules, async (request) => {
      await mineRecorded(request, block, "merge");
      for (const { hash } of block.transactions) {
        const receipt = (await request("eth_getTransactionReceipt", [hash])) as { readonly status: Hex };
        expect(ends.get(hash), hash).to.equal(receipt.status === "0x1" ? "succeeds" : "reverts");
      }
    });
    expect(ends).to.have.property("size", 823);
    expect([...ends.values()].filter((end) => end === "reverts")).to.have.length(18);
  });

  it("fail if front-run, and only then", async () => {
    const { first, last } = await disturbed(5_000_000);
    // an arbitrageur's purchase that requires the price that it has seen
    expect(first).to.deep.equal([
      { block: 1, hash: ARBITRAGE, from: ARBITRAGEUR, to: ITS_CONTRACT, was: "succeeds", is: "reverts" },
    ]);
    expect(last).to.deep.equal([]);
  });

  it("are left out if the block was full, as this one was", async () => {
    // it used 29,981,465 of 30,000,000 gas
    const { first, last } = await disturbed(100, { ...wide, blockGasLimit: 30_000_000 });
    expect(last).to.deep.equal([]);
    expect(first.filter(({ is }) => is === "left out")).to.have.length.greaterThan(0);
    expect(first.map(({ hash }) => hash)).to.include(ARBITRAGE);
  });

  it("are searched for one that fails, which is named", async () => {
    // those up to the arbitrage
    const result = await siege([buyer(5_000_000, () => 2_000n * GWEI)], 20);
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    expect(result.finding.interferences.map(({ hash }) => hash)).to.deep.equal([ARBITRAGE]);
    expect(result.finding.trace.steps).to.have.length(1);
  });
});
