import type { Abi } from "viem";

import type { Artifact } from "./artifact.js";

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

import { CACHE } from "./cache.js";

/** The output of a Solidity compiler in its standard JSON format. */
export interface CompilerOutput {
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>>
  >;
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
}

const { resolve } = createRequire(import.meta.url);

/**
 * Compiles with a compiler that came as a package, once: the output is kept in the project's cache, under the hash of the
 * input.
 *
 * @param compiler - the package: "solc-0.6.6"
 * @param input - standard JSON
 * @param name - what the cached file's name starts with
 * @throws Error with everything that the compiler calls an error
 */
export async function compileOnce(compiler: string, input: string, name: string): Promise<CompilerOutput> {
  const file = path.join(CACHE, `${name}-${createHash("sha256").update(input).digest("hex").slice(0, 16)}.json`);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== undefined) return JSON.parse(before) as CompilerOutput;
  const output = await compile(compiler, input);
  await mkdir(CACHE, { recursive: true });
  // another process may be reading, so the file is written atomically
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, output);
  await rename(draft, file);
  return JSON.parse(output) as CompilerOutput;
}

/** A contract of a compiler's output, by its file's name in the input. */
export function artifactOf(output: CompilerOutput, file: string, contract: string): Artifact {
  const compiled = output.contracts?.[file]?.[contract];
  if (compiled === undefined) throw new Error(`The compiler's output does not contain ${contract}.`);
  return { abi: compiled.abi, bytecode: `0x${compiled.evm.bytecode.object}` };
}

/**
 * What the compiler's process runs. Its own command line calls `process.exit` as soon as it has printed, and what the
 * pipe has not taken by then is lost.
 */
const COMPILE = `process.stdout.write(require(process.argv[1]).compile(require("node:fs").readFileSync(0, "utf8")))`;

/** In a process of its own, because old compilers install handlers that end the process they are loaded into. */
async function compile(compiler: string, input: string): Promise<string> {
  const command = ["--eval", COMPILE, "--", resolve(compiler)];
  const running = promisify(execFile)(process.execPath, command, { maxBuffer: 2 ** 26 });
  running.child.stdin?.end(input);
  const { stdout: output } = await running;
  const { errors = [] } = JSON.parse(output) as CompilerOutput;
  const fatal = errors.filter(({ severity }) => severity === "error");
  if (fatal.length > 0) throw new Error(fatal.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output;
}

/**
 * Sources and, following their relative imports, everything that they need.
 *
 * @param folder - a package's folder with sources: "\@chainlink/contracts/src/v0.6"
 * @param files - by their paths in it
 */
export async function readSources(
  folder: string,
  files: readonly string[],
): Promise<Readonly<Record<string, { readonly content: string }>>> {
  const sources = new Map<string, { content: string }>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (sources.has(file)) continue;
    const content = await readFile(resolve(`${folder}/${file}`), "utf8");
    sources.set(file, { content });
    for (const [, imported] of content.matchAll(/^(?:import|\} from|import \{.+\} from) "(\..+)";$/gm)) {
      open.push(path.posix.join(path.posix.dirname(file), imported!));
    }
  }
  // a stable order, because the input's hash is the name in the cache
  return Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
}
