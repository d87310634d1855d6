import type { Address } from "viem";

import type { Agent } from "../../src/agents/agent.js";
import type { World } from "../../src/engine/world/world.js";
import type { ContractCall } from "../../src/protocols/call.js";
import type { ScenarioDefinition } from "../../src/scenario/scenario.js";
import type { SiegeFork } from "../../test/helpers/siege-fork.js";
import type { Workload } from "../peers/measures.js";

import { erc20Abi, maxUint256, parseAbi, parseEther, parseUnits } from "viem";

import { defineAgent } from "../../src/agents/agent.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { Player } from "../../src/engine/run/player.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { aaveV3 } from "../../src/protocols/aave-v3/aave-v3.js";
import { call } from "../../src/protocols/call.js";
import { constant } from "../../src/protocols/read-plan.js";
import { uniswapV2 } from "../../src/protocols/uniswap-v2/uniswap-v2.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import { counterArtifact } from "../state/counter.js";
import { ACTOR_CAPITAL, ACTORS } from "../state/people.js";

/** How the calls of a workload are executed. */
export interface SiegeThroughputOptions {
  readonly executor: "batched" | "faithful";
  /** Calls per block; a run has 500 of them, like the peers'. */
  readonly perBlock: number;
  readonly lanes: number;
  /** Default 5. */
  readonly samples?: number;
  /** Calls per sample, for each lane. Default 6,000. */
  readonly calls?: number;
}

const CALLS_IN_A_RUN = 500;

const ROUTER = parseAbi([
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
]);
const POOL = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)",
  "function repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf)",
]);

/** One of the four calls, for the n-th time. */
interface NumberedCall {
  readonly actor: number;
  readonly call: (self: Address) => ContractCall;
}

/**
 * Calls per second through the engine's whole block cycle: policies, encoding, execution, the batched read, judging. A
 * campaign's one-time costs (binding, opening lanes, reading the forked state) are not included.
 */
export async function siegeThroughput(workload: Workload, options: SiegeThroughputOptions): Promise<number[]> {
  const { executor, perBlock, lanes: size, samples = 5, calls = 6_000 } = options;
  const source = await miniMainnetSource();
  const fork = await createSiegeFork(source);
  try {
    const target = { address: await fork.deploy(await counterArtifact()), abi: COUNTER, name: "Counter" };
    const scenario = buildScenario(scenarioOf(fork, workload, target.address, perBlock));
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const lanes = await Lanes.of(world, { hardfork: "osaka", openNetwork: openHermeticNetwork, executor });
    try {
      const players: Player[] = [];
      for (let lane = 0; lane < size; lane++) players.push(new Player(await lanes.add(), () => undefined));
      // the first run reads the forked state
      for (const player of players) await requireSuccess(player, scenario.blocks);
      const rates: number[] = [];
      for (let sample = 0; sample < samples; sample++) {
        let left = Math.ceil(calls / CALLS_IN_A_RUN) * size;
        const played = left * CALLS_IN_A_RUN;
        const startedAt = performance.now();
        await Promise.all(
          players.map(async (player) => {
            while (left-- > 0) await player.genome(eventless(scenario.blocks));
          }),
        );
        rates.push(played / ((performance.now() - startedAt) / 1000));
      }
      return rates;
    } finally {
      await lanes.close();
      await world.close();
    }
  } finally {
    await fork.close();
    await source.close();
  }
}

/** A run in which only the policies act. */
function eventless(blocks: number): Parameters<Player["genome"]>[0] {
  return { seed: 1, blocks, muted: [], market: [], oracles: [], moves: [] };
}

/** A benchmark of reverting calls would measure something else. */
async function requireSuccess(player: Player, blocks: number): Promise<void> {
  const { executor }: World = player.world;
  let seen = 0;
  await player.genome(eventless(blocks), {
    mined: async ({ calls, inclusions }) => {
      const results = await executor.results(inclusions);
      for (const [index, result] of results.entries()) {
        if (result?.success === true) continue;
        throw new Error(`${calls[index]?.call.function.name ?? ""} failed: ${result?.returned ?? "not included"}`);
      }
      seen += calls.length;
    },
  });
  if (seen !== CALLS_IN_A_RUN) throw new Error(`${seen} calls instead of ${CALLS_IN_A_RUN}`);
}

const COUNTER = parseAbi(["function increment()"]);
const PAIR = parseAbi(["function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes data)"]);

/** The calls of bench/workloads.md, by policies of the four actors. */
function scenarioOf(fork: SiegeFork, workload: Workload, counter: Address, perBlock: number): ScenarioDefinition {
  const { weth, usdc, uniswapV2: uniswap, aaveV3: aave } = fork.addresses;
  const dollars = parseUnits("1000", 6);
  const numbered: Readonly<Record<Workload, (n: number) => NumberedCall>> = {
    counter: (n) => ({ actor: n % 4, call: () => call({ address: counter, abi: COUNTER, functionName: "increment" }) }),
    swap: (n) => {
      const sellsDollars = Math.floor(n / 4) % 2 === 0;
      const [amount, path] = sellsDollars
        ? ([dollars, [usdc, weth]] as const)
        : ([parseEther("0.5"), [weth, usdc]] as const);
      return {
        actor: n % 4,
        call: (self) =>
          call({
            address: uniswap.router,
            abi: ROUTER,
            functionName: "swapExactTokensForTokens",
            args: [amount, 0n, path, self, maxUint256],
          }),
      };
    },
    pair: (n) => {
      const swap = Math.floor(n / 2);
      const sellsDollars = Math.floor(swap / 4) % 2 === 0;
      const [sold, amount] = sellsDollars ? [usdc, dollars] : [weth, parseEther("0.5")];
      const paid = sellsDollars ? parseEther("0.45") : (dollars / 10n) * 9n;
      const paysFirst = BigInt(sellsDollars ? weth : usdc) < BigInt(sellsDollars ? usdc : weth);
      const pair = uniswap.usdcWeth;
      return {
        actor: swap % 4,
        call: (self) =>
          n % 2 === 0
            ? call({ address: sold, abi: erc20Abi, functionName: "transfer", args: [pair, amount] })
            : call({
                address: pair,
                abi: PAIR,
                functionName: "swap",
                args: [paysFirst ? paid : 0n, paysFirst ? 0n : paid, self, "0x"],
              }),
      };
    },
    aave: (n) => ({
      actor: Math.floor(n / 3) % 4,
      call: (self) => {
        const base = { address: aave.pool, abi: POOL };
        if (n % 3 === 0) return call({ ...base, functionName: "supply", args: [weth, parseEther("1"), self, 0] });
        const args = [usdc, dollars / 2n, 2n] as const;
        return n % 3 === 1
          ? call({ ...base, functionName: "borrow", args: [...args, 0, self] })
          : call({ ...base, functionName: "repay", args: [...args, self] });
      },
    }),
  };
  const nth = numbered[workload];
  const actor = (index: number): Agent =>
    defineAgent({
      role: ACTORS[index] ?? "",
      capital: { USDC: ACTOR_CAPITAL.USDC, ETH: ACTOR_CAPITAL.WETH },
      act: ({ view, self, submit }) => {
        for (let place = 0; place < perBlock; place++) {
          const n = (view.block - 1) * perBlock + place;
          const next = nth(n);
          if (n >= CALLS_IN_A_RUN || next.actor !== index) continue;
          // priority fees keep the calls of the four in order
          submit({ call: next.call(self.address), gas: GAS[workload], tip: BigInt(perBlock - place) });
        }
      },
    });
  return {
    name: workload,
    blocks: Math.ceil(CALLS_IN_A_RUN / perBlock),
    assets: { ETH: { price: 2_000, token: weth }, USDC: { price: 1, token: usdc } },
    protocols: {
      ...(workload === "swap" || workload === "pair"
        ? { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) }
        : {}),
      ...(workload === "aave" ? { lending: aaveV3(aave.addressesProvider) } : {}),
    },
    agents: ACTORS.map((_name, index) => actor(index)),
    conditions: [defineCondition({ id: "nothing", observe: () => constant(undefined), judge: () => undefined })],
  };
}

/** With room to spare, and so that a hundred of them fit into a block. */
const GAS: Readonly<Record<Workload, bigint>> = { counter: 100_000n, pair: 200_000n, swap: 250_000n, aave: 450_000n };
