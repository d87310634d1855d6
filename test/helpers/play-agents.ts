import type { Address } from "viem";

import type { Agent } from "../../src/agents/agent.js";
import type { Genome } from "../../src/engine/events/genome.js";
import type { ObservedView } from "../../src/engine/world/observed-view.js";
import type { World } from "../../src/engine/world/world.js";
import type { Protocol } from "../../src/protocols/protocol.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";

import { defineCondition } from "../../src/conditions/condition.js";
import { Player } from "../../src/engine/run/player.js";
import { startView, viewAfter } from "../../src/engine/run/views.js";
import { worth } from "../../src/engine/world/observed-view.js";
import { openWorld } from "../../src/engine/world/world.js";
import { chainlink } from "../../src/oracles/index.js";
import { aaveV3, uniswapV2 } from "../../src/protocols/index.js";
import { constant } from "../../src/protocols/read-plan.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { agentAddress } from "../../src/view/accounts.js";
import { give } from "../fixtures/give.js";
import { deployUniswapV2 } from "../mini-mainnet/deploy-uniswap-v2.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";

import { createSiegeFork } from "./siege-fork.js";

/** Always holds: these tests watch agents, not a target. */
const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

/** What agents did to a market. */
export interface Played {
  /** In order: `2 liquidator liquidationCall`. A transaction that failed ends in `failed`. */
  readonly deeds: readonly string[];
  /** The state at the start, and after each block. */
  readonly views: readonly ObservedView[];
  /** The state after the last block. */
  readonly view: ObservedView;
  /** What an agent owns at the end, US dollars at the fair prices at that time. */
  readonly worthOf: (agent: string) => number;
}

/** A scenario on the mini mainnet. */
export interface Play {
  readonly agents: readonly Agent[];
  readonly blocks: number;
  /** Moves of ether's fair price, parts per million. */
  readonly moves?: readonly { readonly block: number; readonly change: number }[] | undefined;
  /** What the search would choose for agents with free moves. Default: nothing. */
  readonly free?: Genome["moves"];
  /** Besides `pool` and `lending`. */
  readonly protocols?: Readonly<Record<string, Protocol>>;
  readonly accounts?: Readonly<Record<string, Address>>;
  /** Gwei. Default 20. */
  readonly baseFee?: number;
  readonly seed?: number | undefined;
}

type MiniFork = Fork<MiniMainnetSource>;

/** One fork for a suite, in the same state before every test. */
export function forkForEach(): () => MiniFork {
  let source: MiniMainnetSource;
  let fork: MiniFork;
  let snapshot: unknown;
  before(async () => {
    source = await miniMainnetSource();
    fork = await createSiegeFork(source);
  });
  beforeEach(async () => {
    snapshot = await fork.connection.provider.request({ method: "evm_snapshot" });
  });
  afterEach(async () => {
    await fork.connection.provider.request({ method: "evm_revert", params: [snapshot] });
  });
  after(async () => {
    await fork.close();
    await source.close();
  });
  return () => fork;
}

/** A second pool of ether and dollars, of the size of the first. */
export async function secondPool(fork: MiniFork): Promise<Protocol> {
  const { weth, usdc, users } = fork.addresses;
  await give(fork, "WETH", users.whale, 1_000);
  await give(fork, "USDC", users.whale, 2_000_000);
  const { usdcWeth, router } = await deployUniswapV2(fork.chain, { weth, usdc });
  return uniswapV2(usdcWeth, { router });
}

/** A scenario's world, on the real contracts. */
export async function openMarket(fork: MiniFork, play: Play): Promise<World> {
  const { agents, blocks, protocols = {}, baseFee } = play;
  const { weth, usdc, uniswapV2: uniswap, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
  const scenario = buildScenario({
    name: "agents",
    blocks,
    assets: { ETH: { token: weth }, USDC: { price: 1, token: usdc } },
    protocols: {
      pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
      lending: aaveV3(aave.addressesProvider),
      ...protocols,
    },
    oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
    agents,
    conditions: [nothing],
    accounts: { alice: users.alice, ...play.accounts },
    ...(baseFee === undefined ? {} : { gas: { baseFee: BigInt(baseFee) * 10n ** 9n } }),
  });
  const target = { name: "Pool", address: aave.pool, abi: [] };
  const { provider } = fork.connection;
  return openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
}

/** What fixes a run of such a world. */
export function genomeOf({
  blocks,
  moves = [],
  free = [],
  seed = 1,
}: Pick<Play, "blocks" | "moves" | "free" | "seed">): Genome {
  const market = moves.map((move) => ({ asset: "ETH", ...move }));
  return { seed, blocks, muted: [], market, oracles: [], moves: free };
}

/** Plays a scenario with the real contracts, one transaction per call. */
export async function playAgents(fork: MiniFork, play: Play): Promise<Played> {
  const world = await openMarket(fork, play);
  try {
    const deeds: string[] = [];
    const views = [startView(world)];
    await new Player(world, () => undefined).genome(genomeOf(play), {
      mined: async ({ block, calls, inclusions, state }) => {
        views.push(viewAfter(world, state));
        for (const [index, { sender, call }] of calls.entries()) {
          const inclusion = inclusions[index]!;
          const receipt = inclusion.kind === "transaction" ? await world.chain.receipt(inclusion.hash) : undefined;
          if (sender !== "ETH feed") {
            const deed = `${String(block)} ${sender} ${call.function.name}`;
            deeds.push(receipt?.success === true ? deed : `${deed} failed`);
          }
        }
      },
    });
    const view = views[views.length - 1]!;
    const worthOf = (agent: string): number =>
      worth(world.frame, view, agentAddress(agent), (asset) => view.price(asset));
    return { deeds, views, view, worthOf };
  } finally {
    await world.close();
  }
}
