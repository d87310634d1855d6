import { toPluginError } from "../plugin/plugin-error.js";
import { asUnknownNetwork } from "../plugin/unknown-network.js";

/**
 * Makes the command exit with 2 where Hardhat would exit with 1, which here means a violation.
 *
 * A task can only tell Hardhat that it failed, so the code is changed at the very end, and only if Hardhat has set it: a
 * program that runs the task through the Hardhat Runtime Environment keeps its own.
 */
export function exitUndecided(): void {
  process.once("exit", () => {
    if (process.exitCode === 1) process.exitCode = 2;
  });
}

/** An error is not a verdict: if the work throws, the command exits with 2. Hardhat prints it as an error of this plugin. */
export async function undecidedIfItThrows<ResultT>(work: () => Promise<ResultT>): Promise<ResultT> {
  try {
    return await work();
  } catch (error) {
    exitUndecided();
    throw toPluginError(asUnknownNetwork(error));
  }
}
