import { SiegeError } from "../errors.js";
import { toPluginError } from "../plugin/plugin-error.js";

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
    throw toPluginError(unknownNetwork(error) ?? error);
  }
}

/** Hardhat's number for a network that the config does not have. */
const NETWORK_NOT_FOUND = "HHE705";

/** Hardhat says that there is no such network, and not what to do about it. */
function unknownNetwork(error: unknown): SiegeError | undefined {
  if (!(error instanceof Error) || !("errorCode" in error) || error.errorCode !== NETWORK_NOT_FOUND) return undefined;
  return new SiegeError("UNKNOWN_NETWORK", {
    message: error.message.replace(/^HHE\d+: /, ""),
    hint: "Name one of `networks` in hardhat.config.ts, whose type is edr-simulated, or leave --network out.",
    cause: error,
  });
}
