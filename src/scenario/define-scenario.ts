import type { NetworkConnection } from "hardhat/types/network";

import type { Target } from "../target/target.js";
import type { Scenario } from "./scenario.js";

/** The default export of a scenario file: given a connection, it sets up the target and returns it with its scenario. */
export type ScenarioFactory = (
  connection: NetworkConnection,
) => Promise<{ readonly target: Target; readonly scenario: Scenario }>;

/**
 * Types the default export of a scenario file, which makes it runnable with `hardhat siege run`.
 *
 * @param factory - receives a fresh connection to the network that `--network` names
 *
 * @example
 * ```ts
 * import { defineScenario } from "hardhat-siege/scenario";
 *
 * export default defineScenario(async ({ viem, siege }) => ({
 *   target: await viem.deployContract("Vault"),
 *   scenario: siege.scenario(definition),
 * }));
 * ```
 */
export function defineScenario(factory: ScenarioFactory): ScenarioFactory {
  return factory;
}
