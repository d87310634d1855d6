import type { KnownContract } from "../../../../src/plugin/target/project-artifacts.js";

import { expect } from "chai";

import { requireLinked } from "../../../../src/plugin/first-scenario/require-besiegeable.js";
import { failsWith } from "../../../helpers/errors.js";

const contract = (libraries: readonly string[]): KnownContract => ({
  name: "Vault",
  abi: [],
  artifact: {
    _format: "hh3-artifact-1",
    contractName: "Vault",
    sourceName: "contracts/Vault.sol",
    abi: [],
    bytecode: "0x",
    deployedBytecode: "0x",
    linkReferences: {
      "contracts/Libraries.sol": Object.fromEntries(libraries.map((name) => [name, [{ start: 1, length: 20 }]])),
    },
    deployedLinkReferences: {},
  },
});

describe("siege init of a contract that is linked with libraries", () => {
  it("is refused with their names, and what to write instead", async () => {
    const error = await failsWith("INVALID_TARGET", () => {
      requireLinked(contract(["Shares", "Fees"]));
    });
    expect(error.summary).to.equal(
      '"Vault" is linked with Shares, Fees, and siege init deploys no libraries. No file is written.',
    );
    expect(error.hint).to.include("libraries: { Shares: library.address }");
  });

  it("is not refused without any", () => {
    requireLinked(contract([]));
  });
});
