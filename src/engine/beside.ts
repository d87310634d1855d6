import path from "node:path";

/** What this plugin's own processes and threads are started with, apart from debuggers and test runners. */
const LOADERS = /^--(import|require|loader|experimental-loader|conditions)\b|^-[rC]$/;

/** Compiled, or the source when this project's own tests run. */
const EXTENSION = path.extname(import.meta.filename);

/** The file of a process or thread of the plugin's own, in the folder of whoever starts it. */
export function besideFile(folder: string, name: string): string {
  return path.join(folder, `${name}${EXTENSION}`);
}

/** The flags of Node with which it can load what this process can. */
export function loaders(flags: readonly string[] = process.execArgv): readonly string[] {
  const given = flags.filter((flag, at) => LOADERS.test(flag) || (at > 0 && takesValue(flags[at - 1] ?? "")));
  // Hardhat's command line loads TypeScript without a flag
  return EXTENSION === ".ts" && given.length === 0 ? ["--import", import.meta.resolve("tsx/esm")] : given;
}

/** `--import tsx`: its value is the next argument. */
function takesValue(flag: string): boolean {
  return LOADERS.test(flag) && !flag.includes("=");
}
