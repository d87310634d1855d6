import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** How a task ended, as the command line would have told it. */
export interface Ended {
  /** The exit code of the command. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a task of the plugin in this process, and gives what it would have printed and exited with. */
export async function siegeTask(
  hre: HardhatRuntimeEnvironment,
  /** `undefined` for `hardhat siege` alone. */
  name:
    | "contagion"
    | "diff"
    | "flow"
    | "greeks"
    | "rare"
    | "ingest"
    | "init"
    | "map"
    | "merge"
    | "proposal"
    | "replay"
    | "ruin"
    | "run"
    | "sensitivity"
    | "snapshot"
    | "snapshot show"
    | "snapshot verify"
    | "bankrupt"
    | "train"
    | "tune"
    | "watch"
    | undefined,
  args: Readonly<Record<string, unknown>>,
): Promise<Ended> {
  const [log, error] = [console.log, console.error];
  const write = process.stderr.write.bind(process.stderr);
  const printed = { stdout: "", stderr: "" };
  console.log = (...parts: unknown[]) => {
    printed.stdout += `${parts.map(String).join(" ")}\n`;
  };
  console.error = (...parts: unknown[]) => {
    printed.stderr += `${parts.map(String).join(" ")}\n`;
  };
  // lines that tell of findings while a task runs
  process.stderr.write = (text) => {
    printed.stderr += String(text);
    return true;
  };
  const before = new Set(process.listeners("exit"));
  let success = false;
  try {
    const result: unknown = await hre.tasks
      .getTask(name === undefined ? "siege" : ["siege", ...name.split(" ")])
      .run(args);
    // one that cannot fail returns nothing
    success = (result as { readonly success: boolean } | undefined)?.success ?? true;
  } catch (thrown) {
    // Hardhat prints what a task throws
    printed.stderr += String(thrown);
  } finally {
    [console.log, console.error] = [log, error];
    process.stderr.write = write;
  }
  return { code: exitCode(success, before), ...printed };
}

/** Hardhat exits with 1 for a task that failed; the task changes that at the very end of the process, which is not now. */
function exitCode(success: boolean, before: ReadonlySet<unknown>): number {
  const code = process.exitCode;
  process.exitCode = success ? 0 : 1;
  for (const listener of process.listeners("exit")) {
    if (before.has(listener)) continue;
    process.removeListener("exit", listener);
    listener(process.exitCode);
  }
  const ended = process.exitCode;
  process.exitCode = code;
  return ended;
}
