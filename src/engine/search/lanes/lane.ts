import type { Address, Hex } from "viem";

import type { OpenHermeticNetwork } from "../../chain/hermetic-network.js";
import type { OpenLaneChannel } from "../../chain/solidity-lane/channel.js";
import type { Executor } from "../../world/executor/executor.js";
import type { World } from "../../world/world.js";

import { concatHex } from "viem";

import { Chain } from "../../chain/chain.js";
import { PUPPET_CODE, SEQUENCER_CODE } from "../../chain/engine-bytecode.js";
import { unpackReads } from "../../chain/lens.js";
import { prevRandao } from "../../chain/prev-randao.js";
import { RESOLVER_ADDRESS } from "../../chain/resolver-account.js";
import { READ_PLAN_ADDRESS, SEQUENCER_ADDRESS } from "../../world/executor/batch.js";
import { BatchedExecutor, BLOCK_SENDER } from "../../world/executor/batched.js";
import { FaithfulExecutor } from "../../world/executor/faithful.js";
import { Observation } from "../../world/observation.js";
import { balancesOf, observerOf, tryWithPuppets } from "../../world/world.js";

import { simulated, STOP } from "./read-in-block.js";
import { openSolidityLane } from "./solidity-lane.js";

/** Native coin of the account that sends blocks: enough for any base fee. */
const ENDLESS = 2n ** 200n;

/** What a lane forks and how it runs. */
export interface LaneParameters {
  /** The user's world at its base state. */
  readonly world: World;
  /** The URL that serves its state. */
  readonly url: string;
  readonly chainId: number;
  readonly hardfork: string;
  readonly executor: Executor["kind"];
  readonly openNetwork: OpenHermeticNetwork;
  /** Needed for lanes in the Solidity test runner. */
  readonly openChannel?: OpenLaneChannel | undefined;
}

/** Opens a world on a private fork of the user's world. The scenario's bindings are shared. */
export async function openLane(parameters: LaneParameters): Promise<World> {
  const { world, url, chainId, hardfork, executor, openNetwork, openChannel } = parameters;
  if (executor === "solidity" && openChannel !== undefined) {
    return openSolidityLane({ world, url, chainId, hardfork, openChannel });
  }
  const network = await openNetwork({
    url,
    chainId,
    hardfork,
    blockNumber: world.base.number,
    // a batched block is one transaction; what fits into a block is decided before packing
    blockGasLimit: executor === "batched" ? false : world.base.gasLimit,
  });
  const chain = new Chain(network.connection.provider);
  try {
    return executor === "batched"
      ? await batchedWorld(world, chain, () => network.close())
      : await faithfulWorld(world, chain, () => network.close());
  } catch (error) {
    await network.close();
    throw error;
  }
}

async function faithfulWorld(world: World, chain: Chain, close: () => Promise<void>): Promise<World> {
  const impersonated = new Set<Address>();
  const impersonate = async (account: Address): Promise<void> => {
    if (impersonated.has(account)) return;
    await chain.impersonate(account);
    impersonated.add(account);
  };
  const observe = await observerOf(chain, world);
  let base = await chain.snapshot();
  return {
    ...world,
    chain,
    executor: new FaithfulExecutor({ chain, observe, impersonate }),
    revert: (snapshot) => chain.revert(snapshot),
    restore: async () => {
      await chain.revert(base);
      base = await chain.snapshot();
    },
    impersonate,
    tryAhead: async (coming, senders, moves, purses) => tryWithPuppets(chain, coming, senders, { moves, purses }),
    close,
  };
}

async function batchedWorld(world: World, chain: Chain, close: () => Promise<void>): Promise<World> {
  const { lens, plan } = world;
  const puppets = new Set<Address>();
  let late: Address[] = [];
  const place = async (account: Address): Promise<void> => {
    await chain.setCode(account, PUPPET_CODE);
    puppets.add(account);
  };
  // the state before the first block
  await chain.impersonate(BLOCK_SENDER);
  await chain.setBalance(BLOCK_SENDER, ENDLESS);
  await chain.setCode(SEQUENCER_ADDRESS, SEQUENCER_CODE);
  const observe = await observerOf(chain, world);
  if (await canReadInBlock(chain, world)) {
    await chain.setCode(READ_PLAN_ADDRESS, concatHex([STOP, lens.data]));
    for (const account of simulated(world)) await place(account);
  }
  for (const [name, { flashLoans }] of world.scenario.agents) {
    const account = world.frame.accounts.get(name);
    if (account === undefined) continue;
    // a Raider is also a Puppet
    if (flashLoans === true) puppets.add(account);
    else await place(account);
  }
  for (const { sender, isContract } of world.events) if (!isContract) await place(sender);
  await chain.setPrevRandao(prevRandao(1));
  await chain.setAutomine(true);
  let base = await chain.snapshot();
  const enlist = async (account: Address): Promise<void> => {
    if (puppets.has(account)) return;
    // the base snapshot was taken without it
    late.push(account);
    await place(account);
  };
  const revert = async (snapshot: Hex): Promise<void> => {
    await chain.revert(snapshot);
    // it may be from before they were enlisted
    for (const account of late) await place(account);
  };
  return {
    ...world,
    chain,
    executor: new BatchedExecutor({
      chain,
      observation: (answer) => new Observation(unpackReads(plan, answer)),
      observe,
      enlist,
    }),
    tryAhead: async (coming, senders, moves, purses) => {
      for (const sender of senders) await enlist(sender);
      return chain.ahead(coming, { to: RESOLVER_ADDRESS, data: moves, overrides: balancesOf(purses) });
    },
    revert,
    restore: async () => {
      await revert(base);
      late = [];
      base = await chain.snapshot();
    },
    impersonate: async () => {
      // its accounts are puppets
    },
    close,
  };
}

/** While the read impersonates a contract, only a state override can remove its code for the duration of the read. */
async function canReadInBlock(chain: Chain, world: World): Promise<boolean> {
  for (const account of simulated(world)) if ((await chain.code(account)) !== "0x") return false;
  return true;
}
