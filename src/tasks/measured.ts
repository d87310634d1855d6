import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { SetUp } from "./on-scenario-file.js";

import { interruptible } from "./interrupt.js";
import { onScenarioFile } from "./on-scenario-file.js";
import { CountDisplay } from "./progress/count-display.js";

/** How a measurement is watched. */
interface Watched {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Called with how much is done, of how much. */
  readonly progress: (done: number, wanted: number) => void;
}

/**
 * Measures something on what a scenario file sets up. A terminal shows how much of it is done, and Ctrl-C stops it.
 *
 * @param noun - what is counted: `run`
 */
export async function measured<ResultT>(
  { file, noCompile }: { readonly file: string; readonly noCompile: boolean },
  hre: HardhatRuntimeEnvironment,
  noun: string,
  measure: (setUp: SetUp, watched: Watched) => Promise<ResultT>,
): Promise<ResultT> {
  const line = new CountDisplay(process.stderr, noun);
  const progress = (done: number, wanted: number): void => {
    line.show(done, wanted);
  };
  try {
    return await interruptible((signal) =>
      onScenarioFile(file, hre, { noCompile }, (setUp) => measure(setUp, { signal, progress })),
    );
  } finally {
    line.clear();
  }
}
