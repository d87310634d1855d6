import type { Address } from "viem";

import type { Agent } from "../../src/agents/agent.js";
import type { ContractCall } from "../../src/protocols/call.js";
import type { SiegeFork } from "../../test/helpers/siege-fork.js";

import { maxUint256, parseAbi, parseEther, parseUnits } from "viem";

import { defineAgent } from "../../src/agents/agent.js";
import { agentSolvent } from "../../src/conditions/index.js";
import { gbm } from "../../src/market/index.js";
import { aaveV3 } from "../../src/protocols/aave-v3/aave-v3.js";
import { call } from "../../src/protocols/call.js";
import { uniswapV2 } from "../../src/protocols/uniswap-v2/uniswap-v2.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";

/** Of each path. */
const BLOCKS = 30;

const ROUTER = parseAbi([
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
]);
const POOL = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf)",
]);

/** What a risk run took. */
export interface RuinSample {
  /** Of the whole run, opening lanes included. */
  readonly seconds: number;
  /** Memory of the process when a quarter of the paths were finished, and at the end. */
  readonly rssMB: readonly [first: number, last: number];
}

/**
 * A risk run of 30 blocks a path on Aave V3 and Uniswap V2, in which each of five agents makes a call in every block. All of them have to
 * succeed, or it would measure something else.
 */
export async function ruin(paths: number): Promise<RuinSample> {
  const source = await miniMainnetSource();
  const fork = await createSiegeFork(source);
  try {
    const { weth, usdc, uniswapV2: uniswap, aaveV3: aave } = fork.addresses;
    const { siege } = fork.connection;
    const scenario = siege.scenario({
      name: "five agents",
      blocks: BLOCKS,
      pauses: { most: 0 },
      assets: {
        ETH: { price: 2_000, token: weth, process: gbm({ volatility: 0.8 }) },
        USDC: { price: 1, token: usdc },
      },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        lending: aaveV3(aave.addressesProvider),
      },
      agents: agentsOf(fork),
      conditions: [agentSolvent({ agent: "saver", maxDrawdown: 0.99 })],
      gas: { baseFee: 0n },
    });
    const rss: [number, number] = [0, 0];
    const result = await siege.ruin({ address: aave.pool, abi: [], name: "Pool" }, scenario, {
      paths,
      progress: (finished) => {
        const now = process.memoryUsage.rss() / 2 ** 20;
        if (finished <= paths / 4) rss[0] = now;
        rss[1] = now;
      },
    });
    if (result.kind === "incomplete") throw new Error(`The run is incomplete: ${JSON.stringify(result.reason)}`);
    const calls = result.activity.calls.reduce(
      (sum, { tried, succeeded }) => sum + (tried === succeeded ? tried : 0),
      0,
    );
    if (calls !== paths * BLOCKS * 5) throw new Error(`${calls} calls succeeded instead of ${paths * BLOCKS * 5}.`);
    return { seconds: result.cost.seconds, rssMB: rss };
  } finally {
    await fork.close();
    await source.close();
  }
}

/** Two traders, and three accounts that lend, borrow and repay. */
function agentsOf({ addresses: { weth, usdc, uniswapV2: uniswap, aaveV3: aave } }: SiegeFork): readonly Agent[] {
  const agent = (role: string, next: (block: number, self: Address) => ContractCall): Agent =>
    defineAgent({
      role,
      capital: { ETH: 100, USDC: 200_000 },
      act: ({ view, self, submit }) => {
        submit({ call: next(view.block, self.address), gas: 500_000n });
      },
    });
  const swap = (sold: Address, bought: Address, amount: bigint) => (self: Address) =>
    call({
      address: uniswap.router,
      abi: ROUTER,
      functionName: "swapExactTokensForTokens",
      args: [amount, 0n, [sold, bought], self, maxUint256],
    });
  const pool = { address: aave.pool, abi: POOL };
  const supply = (asset: Address, amount: bigint, self: Address): ContractCall =>
    call({ ...pool, functionName: "supply", args: [asset, amount, self, 0] });
  const [one, dollars] = [parseEther("1"), parseUnits("1000", 6)];
  const sells = swap(weth, usdc, one / 2n);
  const buys = swap(usdc, weth, dollars);
  const debtor = (role: string): Agent =>
    agent(role, (block, self) => {
      if (block === 1) return supply(weth, 10n * one, self);
      return block % 2 === 0
        ? call({ ...pool, functionName: "borrow", args: [usdc, dollars, 2n, 0, self] })
        : call({ ...pool, functionName: "repay", args: [usdc, dollars / 2n, 2n, self] });
    });
  return [
    agent("seller", (_block, self) => sells(self)),
    agent("buyer", (_block, self) => buys(self)),
    agent("saver", (block, self) =>
      block % 2 === 1
        ? supply(usdc, dollars, self)
        : call({ ...pool, functionName: "withdraw", args: [usdc, dollars / 2n, self] }),
    ),
    debtor("debtor"),
    debtor("other debtor"),
  ];
}

if (process.argv[1] === import.meta.filename) console.log(await ruin(Number(process.argv[2] ?? 2_000)));
