import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Abi, Address, Hex } from "viem";

import type { World } from "../../src/engine/world/world.js";
import type { ScenarioDefinition } from "../../src/scenario/scenario.js";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { encodeDeployData } from "viem";

import { defineCondition } from "../../src/conditions/condition.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";
import { constant } from "../../src/protocols/read-plan.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../fixtures/artifact.js";

/** A contract as the only thing on a chain, in the user's world and on lanes. */
export interface Probed {
  readonly target: { readonly address: Address; readonly abi: Abi; readonly name: string };
  /** The user's world, where accounts send transactions themselves. */
  readonly world: World;
  /** Lanes of the batched executor, unless others are asked for. */
  readonly lanes: Lanes;
  readonly lane: World;
  readonly connection: NetworkConnection<"l1">;
  close(): Promise<void>;
}

const calm = defineCondition({ id: "calm", observe: () => constant(undefined), judge: () => undefined });

/** One for all of them: Hardhat decodes all artifacts for each. */
let hre: Promise<HardhatRuntimeEnvironment> | undefined;

/** Deploys a fixture on an empty chain and opens its worlds. */
export async function probed(
  name: string,
  agents: ScenarioDefinition["agents"],
  more: {
    readonly abi?: Abi;
    /** Instead of the fixture's. */
    readonly code?: Hex;
    readonly scenario?: Partial<ScenarioDefinition>;
    readonly executor?: "batched" | "solidity";
  } = {},
): Promise<Probed> {
  const artifact = await fixtureArtifact(name);
  hre ??= createHardhatRuntimeEnvironment({ networks: { local: { type: "edr-simulated", chainType: "l1" } } });
  const connection = await (await hre).network.create({ network: "local", chainType: "l1" });
  const { provider } = connection;
  const request = async <T>(method: string, params: unknown[]): Promise<T> =>
    (await provider.request({ method, params })) as T;
  const [from] = await request<readonly Address[]>("eth_accounts", []);
  const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode, args: [] });
  const hash = await request<Hex>("eth_sendTransaction", [{ from, data }]);
  const { contractAddress } = await request<{ readonly contractAddress: Address }>("eth_getTransactionReceipt", [hash]);
  if (more.code !== undefined) await request("hardhat_setCode", [contractAddress, more.code]);
  const target = { name, address: contractAddress, abi: more.abi ?? artifact.abi };
  const scenario = buildScenario({ name, blocks: 8, assets: {}, conditions: [calm], agents, ...more.scenario });
  const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
  const lanes = await Lanes.of(world, {
    hardfork: "osaka",
    openNetwork: openHermeticNetwork,
    openChannel: openLaneChannel,
    executor: more.executor ?? "batched",
  });
  const lane = await lanes.add();
  return {
    target,
    world,
    lanes,
    lane,
    connection,
    close: async () => {
      await lanes.close();
      await world.close();
      await connection.close();
    },
  };
}
