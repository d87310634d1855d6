import type { Abi } from "viem";

import type { Deployable } from "../../test/mini-mainnet/pinned-chain.js";

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

interface Compiler {
  compile(input: string): string;
}

/** bench/contracts/Counter.sol, compiled like the fixtures. */
export async function counterArtifact(): Promise<Deployable> {
  const solc = createRequire(import.meta.url)("solc") as Compiler;
  const content = await readFile(path.join(import.meta.dirname, "../contracts/Counter.sol"), "utf8");
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const input = { language: "Solidity", sources: { "Counter.sol": { content } }, settings };
  const { contracts } = JSON.parse(solc.compile(JSON.stringify(input))) as {
    readonly contracts: {
      readonly "Counter.sol": { readonly Counter: { abi: Abi; evm: { bytecode: { object: string } } } };
    };
  };
  const { abi, evm } = contracts["Counter.sol"].Counter;
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}
