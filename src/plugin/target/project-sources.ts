import type { ArtifactManager } from "hardhat/types/artifacts";
import type { Hex } from "viem";

import type { AstNode } from "../../target/code/ast.js";
import type { SourceBook, SourceCode } from "../../target/code/source-code.js";
import type { ParsedSource } from "../../target/code/statements.js";

import { readFile } from "node:fs/promises";

import { CompiledSources } from "../../target/code/compiled-sources.js";
import { mappedCode } from "../../target/code/mapped-code.js";

import { ProjectArtifacts } from "./project-artifacts.js";

/** What is needed of Hardhat's artifacts. */
type Artifacts = Pick<
  ArtifactManager,
  "getAllFullyQualifiedNames" | "getBuildInfoOutputPath" | "getBuildInfoPath" | "readArtifact"
>;

/** The part of a build info's output that is read. */
interface Output {
  readonly output: {
    readonly sources: Readonly<Record<string, { readonly id: number; readonly ast?: AstNode }>>;
    readonly contracts: Readonly<
      Record<string, Readonly<Record<string, { readonly evm?: { readonly deployedBytecode?: Deployed } }>>>
    >;
  };
}

interface Deployed {
  readonly sourceMap?: string;
}

/** The part of a build info that is read. */
interface Input {
  readonly input: { readonly sources: Readonly<Record<string, { readonly content?: string }>> };
}

/** One run of the compiler. */
interface Compilation {
  readonly output: Output["output"];
  readonly sources: CompiledSources;
}

/**
 * The sources of a Hardhat project, from its build infos, which are read when they are first needed. Code of which there is no
 * source is of no contract: whoever asks can do without.
 */
export function projectSources(artifacts: Artifacts): SourceBook {
  const contracts = new ProjectArtifacts(artifacts);
  const compilations = new Map<string, Promise<Compilation | undefined>>();
  const known = new Map<Hex, Promise<SourceCode | undefined>>();
  const sourceOf = async (code: Hex): Promise<SourceCode | undefined> => {
    const [contract] = await contracts.withCode(code);
    if (contract === undefined) return undefined;
    const { name, artifact } = contract;
    const { buildInfoId, inputSourceName } = artifact as { buildInfoId?: string; inputSourceName?: string };
    if (buildInfoId === undefined || inputSourceName === undefined) return undefined;
    const read = compilations.get(buildInfoId) ?? compilationOf(artifacts, buildInfoId);
    compilations.set(buildInfoId, read);
    const compilation = await read;
    const map = compilation?.output.contracts[inputSourceName]?.[name]?.evm?.deployedBytecode?.sourceMap;
    return compilation === undefined || map === undefined
      ? undefined
      : mappedCode({ name, file: placeOf(inputSourceName).file }, code, map, compilation.sources);
  };
  return {
    of: (code) => {
      const found = known.get(code) ?? sourceOf(code);
      known.set(code, found);
      return found;
    },
  };
}

async function compilationOf(artifacts: Artifacts, id: string): Promise<Compilation | undefined> {
  const files = [await artifacts.getBuildInfoPath(id), await artifacts.getBuildInfoOutputPath(id)];
  const [input, output] = await Promise.all(
    files.map(async (file) => (file === undefined ? undefined : (JSON.parse(await readFile(file, "utf8")) as unknown))),
  );
  if (input === undefined || output === undefined) return undefined;
  // Hardhat's own files, in the format that it writes
  const { sources } = (input as Input).input;
  const compiled = (output as Output).output;
  const parsed = Object.entries(compiled.sources).flatMap(([name, { id: number, ast }]): [number, ParsedSource][] => {
    const content = sources[name]?.content;
    return ast === undefined || content === undefined ? [] : [[number, { ...placeOf(name), content, ast }]];
  });
  return { output: compiled, sources: new CompiledSources(new Map(parsed)) };
}

/** `project/contracts/Vault.sol` is a file of the project, `npm/@openzeppelin/contracts@5.7.0/…` one of a package. */
function placeOf(name: string): Pick<ParsedSource, "file" | "isDependency"> {
  const [, place, rest] = /^(project|npm)\/(.*)$/.exec(name) ?? [];
  if (place === "npm")
    return { file: rest?.replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]+\//, "$1/") ?? name, isDependency: true };
  return { file: rest ?? name, isDependency: false };
}
