import { toPluginError } from "../plugin/plugin-error.js";

/**
 * Makes the command exit with 2 where Hardhat would exit with 1, which here means a violation.
 *
 * A task can only tell Hardhat that it failed. The code is therefore changed at the very end, and only if Hardhat has set
 * it: a program that runs the task through the runtime environment keeps its own.
 */
export function exitUndecided(): void {
  process.once("exit", () => {
    if (process.exitCode === 1) process.exitCode = 2;
  });
}

/** An error is not a verdict: whatever throws, the command exits with 2. Hardhat prints it as one of a plugin. */
export async function undecidedIfItThrows<ResultT>(work: () => Promise<ResultT>): Promise<ResultT> {
  try {
    return await work();
  } catch (error) {
    exitUndecided();
    throw toPluginError(error);
  }
}
