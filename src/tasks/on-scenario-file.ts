import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";

import { requireSimulated } from "../plugin/simulated-network.js";

import { loadScenarioFile } from "./scenario-files.js";

/** What a scenario file sets up. */
export interface SetUp {
  readonly connection: NetworkConnection;
  readonly target: Target;
  readonly scenario: Scenario;
}

/** Compiles the project, unless that is not wanted, and works on what a scenario file sets up on a fresh connection. */
export async function onScenarioFile<ResultT>(
  file: string,
  hre: HardhatRuntimeEnvironment,
  { noCompile }: { readonly noCompile: boolean },
  work: (setUp: SetUp) => Promise<ResultT>,
): Promise<ResultT> {
  if (!noCompile) {
    const noTests = hre.config.solidity.splitTestsCompilation;
    await hre.tasks.getTask("build").run({ quiet: true, noTests });
  }
  const factory = await loadScenarioFile(file);
  const connection = await hre.network.create();
  try {
    // before the file's own code sees the connection: it may send transactions
    requireSimulated(connection);
    return await work({ connection, ...(await factory(connection)) });
  } finally {
    await connection.close();
  }
}
