import type { Address, Hex } from "viem";

import type { OpenLaneChannel } from "../../chain/solidity-lane/channel.js";
import type { World } from "../../world/world.js";

import { concatHex, numberToHex } from "viem";

import { AHEAD_GAS, BLOCK_BUILDER, Chain } from "../../chain/chain.js";
import { LENS_CODE, PUPPET_CODE, RAIDER_CODE, RESOLVER_CODE } from "../../chain/engine-bytecode.js";
import { LENS_ADDRESS, unpackReads } from "../../chain/lens.js";
import { RESOLVER_ADDRESS } from "../../chain/resolver-account.js";
import { COMMANDS, PUPPET_CODE_ADDRESS } from "../../chain/solidity-lane/commands.js";
import { LaneProvider } from "../../chain/solidity-lane/lane-provider.js";
import { intrinsicGas, READ_PLAN_ADDRESS } from "../../world/executor/batch.js";
import { SolidityExecutor } from "../../world/executor/solidity.js";
import { Observation } from "../../world/observation.js";

import { read, simulated, STOP } from "./read-in-block.js";

/** What such a lane forks. */
interface SolidityLaneParameters {
  readonly world: World;
  readonly url: string;
  readonly chainId: number;
  readonly hardfork: string;
  readonly openChannel: OpenLaneChannel;
}

/**
 * Why a scenario cannot be played in the Solidity test runner; `undefined` if it can. There, an address answers to cheatcodes, and an account
 * whose code is replaced while its calls are read would not get it back.
 */
export async function whyNotInSolidity(world: World): Promise<string | undefined> {
  const [user] = world.cheatcodes;
  if (user !== undefined) return `the contract at ${user.address} uses cheatcodes`;
  for (const account of simulated(world)) {
    const code = await world.chain.code(account);
    // a Raider is also a Puppet
    if (code !== "0x" && code !== RAIDER_CODE) return `${account}, whose calls are tried after every block, has code`;
  }
  return undefined;
}

/** Opens a world in a test of EDR's Solidity test runner, on a fork of the user's world. The scenario's bindings are shared. */
export async function openSolidityLane(parameters: SolidityLaneParameters): Promise<World> {
  const { world, url, chainId, hardfork, openChannel } = parameters;
  const { lens, plan, base } = world;
  const channel = await openChannel({ url, hardfork, blockNumber: base.number, builder: BLOCK_BUILDER });
  try {
    const provider = new LaneProvider(channel, chainId, base);
    const puppets = [...simulated(world)];
    // as much as a call of its own has for it, which may not be enough for all that views say
    const gas = numberToHex(BigInt(lens.gas) - intrinsicGas(lens.data), { size: 8 });
    const codes: readonly (readonly [Address, Hex])[] = [
      [LENS_ADDRESS, LENS_CODE],
      [RESOLVER_ADDRESS, RESOLVER_CODE],
      [PUPPET_CODE_ADDRESS, PUPPET_CODE],
      [READ_PLAN_ADDRESS, concatHex([STOP, gas, listed(puppets), listed(read(world)), lens.data])],
    ];
    await Promise.all(codes.map(([account, code]) => channel.ask(COMMANDS.setCode(account, code))));
    const chain = new Chain(provider);
    let start = await chain.snapshot();
    return {
      ...world,
      chain,
      executor: new SolidityExecutor({
        channel,
        provider,
        observation: (answer) => new Observation(unpackReads(plan, answer)),
      }),
      tryAhead: async ({ timestamp, prevRandao }, senders, data, purses) =>
        channel.ask(
          COMMANDS.ahead({
            blockNumber: provider.coming,
            timestamp,
            prevRandao,
            gas: AHEAD_GAS - intrinsicGas(data),
            senders,
            purses,
            data,
          }),
        ),
      revert: (snapshot) => chain.revert(snapshot),
      restore: async () => {
        const [, again] = await Promise.all([chain.revert(start), chain.snapshot()]);
        start = again;
      },
      impersonate: async () => {
        // calls are made in the name of any account
      },
      close: () => channel.close(),
    };
  } catch (error) {
    await channel.close();
    throw error;
  }
}

function listed(accounts: readonly Address[]): Hex {
  return concatHex([numberToHex(accounts.length, { size: 1 }), ...accounts]);
}
