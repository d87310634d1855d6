import type { Address, Hex } from "viem";

import type { Agent } from "../../../src/agents/agent.js";
import type { RecordedTransaction } from "../../../src/order-flow/recorded.js";
import type { CampaignResult } from "../../../src/types.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import {
  encodeFunctionData,
  erc20Abi,
  keccak256,
  maxUint256,
  parseAbi,
  parseEther,
  parseUnits,
  stringToHex,
} from "viem";

import { defineAgent } from "../../../src/agents/index.js";
import { undisturbed } from "../../../src/conditions/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { give, person } from "../../fixtures/give.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const GWEI = 10n ** 9n;

const swapAbi = parseAbi([
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  "function getAmountsOut(uint256 amountIn, address[] path) view returns (uint256[])",
]);

/** STOP, as the code of a new contract. */
const CREATION: Hex = "0x600160005360016000f3";

describe("recorded transactions as the background", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** An account that may spend 10,000 USDC at the router. */
  async function trader(name: string): Promise<Address> {
    const { usdc, uniswapV2: uniswap } = fork.addresses;
    const account = await person(fork, name);
    await give(fork, "USDC", account, 10_000);
    await fork.chain.write(account, { address: usdc, abi: erc20Abi }, "approve", [uniswap.router, maxUint256]);
    return account;
  }

  /** A purchase of ether for 10,000 USDC, with a minimum output of this fraction of the present quote. */
  async function purchase(name: string, { least, tip }: { least: number; tip: bigint }): Promise<RecordedTransaction> {
    const { usdc, weth, uniswapV2: uniswap } = fork.addresses;
    const from = await trader(name);
    const route = [usdc, weth] as const;
    const amountIn = parseUnits("10000", 6);
    const amounts = await fork.chain.read({ address: uniswap.router, abi: swapAbi }, "getAmountsOut", [
      amountIn,
      route,
    ]);
    const minOut = (amounts.at(-1)! * BigInt(Math.round(least * 1e6))) / 1_000_000n;
    const args = [amountIn, minOut, route, from, maxUint256] as const;
    const data = encodeFunctionData({ abi: swapAbi, functionName: "swapExactTokensForTokens", args });
    return { hash: hashOf(name), from, to: uniswap.router, data, value: 0n, gas: 300_000n, tip };
  }

  async function others(): Promise<readonly RecordedTransaction[]> {
    const [payer, author] = [await person(fork, "payer"), await person(fork, "author")];
    return [
      { hash: hashOf("payment"), from: payer, to: author, data: "0x", value: parseEther("1"), gas: 21_000n, tip: GWEI },
      { hash: hashOf("creation"), from: author, data: CREATION, value: 0n, gas: 100_000n, tip: GWEI },
    ];
  }

  /** Buys 1,000,000 dollars of ether in the first block. */
  function buyer(tip: bigint): Agent {
    const { weth, usdc } = fork.addresses;
    return defineAgent({
      role: "buyer",
      capital: { USDC: 1_000_000 },
      act: ({ view, self, submit }) => {
        if (view.block > 1) return;
        const amountIn = parseUnits("1000000", 6);
        const swap = { tokenIn: usdc, tokenOut: weth, amountIn, minOut: 0n, self: self.address };
        submit({ call: view.all(venue).get("pool")!.swap(swap), tip, gas: 400_000n });
      },
    });
  }

  async function siege(
    agents: readonly Agent[],
    orderFlow: readonly (readonly RecordedTransaction[])[],
  ): Promise<CampaignResult> {
    const { weth, usdc, uniswapV2: uniswap, aaveV3 } = fork.addresses;
    const { siege: it } = fork.connection;
    const scenario = it.scenario({
      name: "between real transactions",
      blocks: 2,
      assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
      protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
      agents,
      conditions: [undisturbed()],
      orderFlow,
    });
    const result = await it.run({ address: aaveV3.pool, abi: [] }, scenario, { runs: 1 });
    if (result.kind === "incomplete") throw result.error ?? new Error("incomplete");
    if (process.env.SHOW === "1" && result.kind === "violation") console.log(renderFailure(result));
    return result;
  }

  it("names those that fail because of an agent, and ignores those that fail anyway", async () => {
    const [careful, hopeless] = [
      await purchase("careful", { least: 0.999, tip: 2n * GWEI }),
      await purchase("hopeless", { least: 1.5, tip: 2n * GWEI }),
    ];
    const result = await siege([buyer(3n * GWEI)], [[careful, hopeless, ...(await others())]]);
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const { finding, explored } = result;
    expect(explored.executor).to.equal("faithful");
    expect(finding.interferences).to.deep.equal([
      { block: 1, hash: careful.hash, from: careful.from, to: careful.to, was: "succeeds", is: "reverts" },
    ]);
    expect(finding.trace.steps).to.have.length(1);
    expect(renderFailure(result)).to.include(`block 1  ${careful.hash} reverts, succeeds without the agents`);
    const replayed = await fork.connection.siege.replay(finding.reproduction!);
    expect(replayed.kind).to.equal("violation");
  });

  it("are unaffected by what comes after them", async () => {
    const careful = await purchase("careful", { least: 0.999, tip: 2n * GWEI });
    const result = await siege([buyer(GWEI)], [[careful, ...(await others())]]);
    expect(result.kind).to.equal("survived");
  });

  it("are in their own block", async () => {
    const careful = await purchase("careful", { least: 0.999, tip: GWEI / 2n });
    // the price has moved one block before
    const result = await siege([buyer(GWEI)], [await others(), [careful]]);
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    expect(result.finding.interferences.map(({ block }) => block)).to.deep.equal([2]);
  });

  it("are left out of a block that the agents have filled", async () => {
    const narrow = await createSiegeFork(source, { blockGasLimit: 1_000_000 });
    await fork.close();
    fork = narrow;
    const [payment] = await others();
    // its error says that it may need what is no longer left after a swap
    const wide = { ...payment!, gas: 950_000n };
    const result = await siege([buyer(3n * GWEI)], [[wide]]);
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    expect(result.finding.interferences.map(({ hash, is }) => ({ hash, is }))).to.deep.equal([
      { hash: wide.hash, is: "left out" },
    ]);
    expect((await siege([], [[wide]])).kind, "without agents").to.equal("inconclusive");
  });

  it("keep their order, whatever priority fee they paid", async () => {
    // it paid nothing, and came before one that paid a lot
    const careful = await purchase("careful", { least: 0.999, tip: 0n });
    const [payment] = await others();
    const result = await siege([buyer(3n * GWEI)], [[careful, { ...payment!, tip: 100n * GWEI }]]);
    expect(result.kind).to.equal("survived");
  });
});

function hashOf(name: string): Hex {
  return keccak256(stringToHex(name));
}
