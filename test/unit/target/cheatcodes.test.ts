import type { Hex } from "viem";

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect } from "chai";

import { cheatcodesIn } from "../../../src/target/cheatcodes.js";

const SOURCE = new URL("../../fixture-projects/proxies/contracts/Handlers.sol", import.meta.url);

interface CompilerOutput {
  readonly contracts: {
    readonly "Handlers.sol": Record<
      string,
      { readonly evm: { readonly deployedBytecode: { readonly object: string } } }
    >;
  };
}

const SETTINGS: Readonly<Record<string, object>> = {
  "without the optimizer": { optimizer: { enabled: false } },
  "with the optimizer": { optimizer: { enabled: true, runs: 200 } },
  "with the optimizer for size": { optimizer: { enabled: true, runs: 1 } },
  "with the IR": { optimizer: { enabled: true, runs: 200 }, viaIR: true },
};

describe("cheatcodesIn", () => {
  for (const [how, settings] of Object.entries(SETTINGS)) {
    describe(`of code compiled ${how}`, () => {
      let codeOf: (contract: string) => Hex;

      before(() => {
        codeOf = compiled(settings);
      });

      it("names what a handler uses", () => {
        expect(cheatcodesIn(codeOf("Handler"))).to.deep.equal([
          "vm.assume",
          "vm.deal",
          "vm.startPrank",
          "vm.stopPrank",
          "vm.warp",
        ]);
      });

      it("names nothing of a contract that only knows the address", () => {
        expect(cheatcodesIn(codeOf("Mentions"))).to.deep.equal([]);
      });

      it("names nothing of a contract whose functions have the names of cheatcodes", () => {
        expect(cheatcodesIn(codeOf("Pranks"))).to.deep.equal([]);
      });
    });
  }

  it("names nothing of an account", () => {
    expect(cheatcodesIn("0x")).to.deep.equal([]);
  });
});

function compiled(settings: object): (contract: string) => Hex {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const input = {
    language: "Solidity",
    sources: { "Handlers.sol": { content: readFileSync(SOURCE, "utf8") } },
    settings: { ...settings, outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput;
  return (contract) => `0x${output.contracts["Handlers.sol"][contract]?.evm.deployedBytecode.object ?? ""}`;
}
