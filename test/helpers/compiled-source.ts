import type { Hex } from "viem";

import type { AstNode } from "../../src/target/code/ast.js";
import type { SourceCode } from "../../src/target/code/source-code.js";
import type { ParsedSource } from "../../src/target/code/statements.js";

import { createRequire } from "node:module";

import { CompiledSources } from "../../src/target/code/compiled-sources.js";
import { mappedCode } from "../../src/target/code/mapped-code.js";

const FILE = "Source.sol";

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
  readonly contracts: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly evm: { readonly deployedBytecode: { object: string; sourceMap: string } } }>>
    >
  >;
}

/** A source as the engine sees it, compiled with the optimiser. */
export interface CompiledSource {
  readonly parsed: ParsedSource;
  readonly sources: CompiledSources;
  readonly code: (contract: string) => SourceCode;
  /** The code of a contract as deployed. */
  readonly deployed: (contract: string) => Hex;
}

/** Compiles the body of a file of Solidity. */
export function compiledSource(body: string): CompiledSource {
  const content = `// SPDX-License-Identifier: MIT\npragma solidity 0.8.30;\n${body}`;
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    outputSelection: { "*": { "": ["ast"], "*": ["evm.deployedBytecode"] } },
  };
  const input = { language: "Solidity", sources: { [FILE]: { content } }, settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const failure = output.errors?.find(({ severity }) => severity === "error");
  if (failure !== undefined) throw new Error(failure.formattedMessage);
  const ast = output.sources[FILE]?.ast;
  if (ast === undefined) throw new Error("The compiler returned no syntax tree.");
  const parsed = { file: FILE, isDependency: false, content, ast };
  const sources = new CompiledSources(new Map([[0, parsed]]));
  const deployedOf = (name: string): { readonly code: Hex; readonly sourceMap: string } => {
    const { object = "", sourceMap = "" } = output.contracts[FILE]?.[name]?.evm.deployedBytecode ?? {};
    return { code: `0x${object}`, sourceMap };
  };
  return {
    parsed,
    sources,
    code: (name) => {
      const { code, sourceMap } = deployedOf(name);
      return mappedCode({ name, file: FILE }, code, sourceMap, sources);
    },
    deployed: (name) => deployedOf(name).code,
  };
}
