import type { Abi } from "viem";

import type { World } from "../../src/engine/world/world.js";
import type { Variant } from "../../test/fixtures/fixture.js";
import type { FixtureName } from "../peers/measures.js";

import { openWorld } from "../../src/engine/world/world.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../../test/fixtures/all.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";

/**
 * Runs work on a fixture's world, as a campaign opens it on a fresh fork.
 *
 * @param known - what is known of the target's ABI; all of it by default
 */
export async function withFixture<T>(
  name: FixtureName,
  variant: Variant,
  work: (world: World) => Promise<T>,
  known: (abi: Abi) => Abi = (abi) => abi,
): Promise<T> {
  const fixture = FIXTURES.find((candidate) => candidate.name === name);
  if (fixture === undefined) throw new Error(`There is no fixture ${name}.`);
  const source = await miniMainnetSource();
  const fork = await createSiegeFork(source);
  try {
    const deployed = await fixture.deploy(fork, variant);
    const vault = { ...deployed, abi: known(deployed.abi) };
    const { provider } = fork.connection;
    const scenario = buildScenario(fixture.scenario(fork, vault));
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    try {
      return await work(world);
    } finally {
      await world.close();
    }
  } finally {
    await fork.close();
    await source.close();
  }
}
