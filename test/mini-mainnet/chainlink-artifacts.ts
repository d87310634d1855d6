import type { Abi } from "viem";

import type { Artifact } from "./artifact.js";

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

import { CACHE } from "./cache.js";

/** The contracts of a Chainlink price feed. */
export interface ChainlinkArtifacts {
  readonly FluxAggregator: Artifact;
  readonly EACAggregatorProxy: Artifact;
}

/**
 * The contracts of a Chainlink price feed. Their package ships sources only, so they are compiled here with the
 * compiler version that they ask for, once: the output is kept in the project's cache, under the hash of the input.
 */
export async function chainlinkArtifacts(): Promise<ChainlinkArtifacts> {
  const input = JSON.stringify({
    language: "Solidity",
    sources: Object.fromEntries(await readSources(["FluxAggregator.sol", "EACAggregatorProxy.sol"])),
    settings: {
      // the runs that the feeds on mainnet were compiled with
      optimizer: { enabled: true, runs: 1_000_000 },
      // without the hash of the metadata, a comment in a source does not change the chain
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  });
  const output = JSON.parse(await cached(input, compile)) as CompilerOutput;
  return {
    FluxAggregator: artifactOf(output, "FluxAggregator"),
    EACAggregatorProxy: artifactOf(output, "EACAggregatorProxy"),
  };
}

interface CompilerOutput {
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>>
  >;
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
}

const { resolve } = createRequire(import.meta.url);

/** The sources and, following their relative imports, everything that they need. */
async function readSources(files: readonly string[]): Promise<ReadonlyMap<string, { content: string }>> {
  const sources = new Map<string, { content: string }>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (sources.has(file)) continue;
    const content = await readFile(resolve(`@chainlink/contracts/src/v0.6/${file}`), "utf8");
    sources.set(file, { content });
    for (const [, imported] of content.matchAll(/^import "(.+)";$/gm)) {
      open.push(path.posix.join(path.posix.dirname(file), imported!));
    }
  }
  // a stable order, because the input's hash is the name in the cache
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function cached(input: string, produce: (input: string) => Promise<string>): Promise<string> {
  const file = path.join(CACHE, `chainlink-${createHash("sha256").update(input).digest("hex").slice(0, 16)}.json`);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== undefined) return before;
  const output = await produce(input);
  await mkdir(CACHE, { recursive: true });
  // another process may be reading: a file appears whole or not at all
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, output);
  await rename(draft, file);
  return output;
}

/**
 * What the compiler's process runs. Its own command line calls `process.exit` as soon as it has printed, and what the
 * pipe has not taken by then is lost.
 */
const COMPILE = `process.stdout.write(require(process.argv[1]).compile(require("node:fs").readFileSync(0, "utf8")))`;

/** In a process of its own, because this compiler installs handlers that end the process it is loaded into. */
async function compile(input: string): Promise<string> {
  const command = ["--eval", COMPILE, "--", resolve("solc-0.6.6")];
  const compiler = promisify(execFile)(process.execPath, command, { maxBuffer: 2 ** 26 });
  compiler.child.stdin?.end(input);
  const { stdout: output } = await compiler;
  const { errors = [] } = JSON.parse(output) as CompilerOutput;
  const fatal = errors.filter(({ severity }) => severity === "error");
  if (fatal.length > 0) throw new Error(fatal.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output;
}

function artifactOf(output: CompilerOutput, contract: string): Artifact {
  const compiled = output.contracts?.[`${contract}.sol`]?.[contract];
  if (compiled === undefined) throw new Error(`The compiler's output lacks ${contract}.`);
  return { abi: compiled.abi, bytecode: `0x${compiled.evm.bytecode.object}` };
}
