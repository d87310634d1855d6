import type { SiegeFork } from "../../../test/helpers/siege-fork.js";
import type { CrashOptions, Moment } from "./crash-on-aave.js";

import { crashOnAave } from "./crash-on-aave.js";

/** What was there after each block. The prices are recorded and the policies fixed: one path is all there is. */
export async function playCrash(fork: SiegeFork, options: CrashOptions): Promise<readonly Moment[]> {
  const { target, scenario, moments } = await crashOnAave(fork, options);
  const { siege } = fork.connection;
  const result = await siege.ruin(target, siege.scenario(scenario), { paths: 1, lanes: 1, executor: "faithful" });
  if (result.kind === "incomplete") throw new Error("The crash was not played to its end.", { cause: result.error });
  return [...moments.values()];
}
