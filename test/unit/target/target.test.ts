import type { Artifact } from "hardhat/types/artifacts";
import type { Abi, Hex } from "viem";

import { expect } from "chai";
import { ethers } from "ethers";
import { parseAbi } from "viem";

import { ProjectArtifacts } from "../../../src/plugin/target/project-artifacts.js";
import { artifactName } from "../../../src/plugin/target/target-name.js";
import { awaitTarget, resolveTarget } from "../../../src/target/target.js";
import { failsWith } from "../../helpers/errors.js";

const ADDRESS = "0x00000000000000000000000000000000000000aa";
const abi = parseAbi(["function total() view returns (uint256)", "function put(uint256 amount)"]);

describe("resolveTarget", () => {
  it("takes an address with an ABI", () => {
    expect(resolveTarget({ address: ADDRESS, abi }, "box")).to.deep.equal({ name: "box", address: ADDRESS, abi });
  });

  it("prefers the target's own name", () => {
    expect(resolveTarget({ address: ADDRESS, abi, name: "Vault" }, "box").name).to.equal("Vault");
  });

  it("takes an ethers contract", () => {
    const contract = new ethers.Contract(ADDRESS, ["function total() view returns (uint256)"]);
    const target = resolveTarget(contract, "box");
    expect(target.address.toLowerCase()).to.equal(ADDRESS);
    expect(target.abi[0]).to.include({ type: "function", name: "total" });
  });

  const wrong: [what: string, value: unknown, described: string][] = [
    ["nothing", undefined, "missing"],
    ["null", null, "null"],
    ["an address alone", ADDRESS, `"${ADDRESS}"`],
    // ethers resolves names lazily, so its target may be a name
    [
      "a contract of ethers that is not resolved",
      { target: "vault.eth", interface: {} },
      "an object with target, interface",
    ],
  ];
  for (const [what, value, described] of wrong) {
    it(`refuses ${what}`, async () => {
      const error = await failsWith("INVALID_TARGET", () => resolveTarget(value, "box"));
      expect(error.summary).to.equal(`The target is ${described}, not a contract.`);
    });
  }
});

describe("an address that is none", () => {
  const refused: [what: string, address: string, said: string][] = [
    ["is too short", "0x12", `The target's address is "0x12", which is none.`],
    [
      "has a wrong checksum",
      "0x00000000000000000000000000000000000000aA",
      `The target's address is "0x00000000000000000000000000000000000000aA", which is none: its checksum is wrong.`,
    ],
  ];
  for (const [why, address, said] of refused) {
    it(`is refused: it ${why}`, async () => {
      const error = await failsWith("INVALID_TARGET", () => resolveTarget({ address, abi }, "box"));
      expect(error.summary).to.equal(said);
    });
  }
});

describe("an ABI that is no list", () => {
  it("is refused with the name of the contract, and what it is", async () => {
    const text = await failsWith("INVALID_TARGET", () =>
      resolveTarget({ name: "Vault", address: ADDRESS, abi: '[{"type":"function"}]' }, "target"),
    );
    expect(text.summary).to.equal('The ABI of Vault is a text, not a list: [{"type":"function"}].');
    expect(text.hint).to.include("JSON.parse");
    const artifact = await failsWith("INVALID_TARGET", () => resolveTarget({ address: ADDRESS, abi: {} }, "Box"));
    expect(artifact.summary).to.match(/^The ABI of Box is .*, not a list\.$/);
  });
});

describe("a contract without its ABI", () => {
  it("is told so", async () => {
    const error = await failsWith("INVALID_TARGET", () => resolveTarget({ address: ADDRESS }, "box"));
    expect(error.summary).to.equal(`The contract at ${ADDRESS} is given without its ABI.`);
  });
});

describe("awaitTarget", () => {
  const contract = (getAddress: () => Promise<string>): object => ({
    target: { getAddress },
    interface: new ethers.Interface(["function put(uint256 amount)"]),
  });

  it("resolves the address of an ethers contract", async () => {
    const target = await awaitTarget(
      contract(async () => ADDRESS),
      "box",
    );
    expect(target.address).to.equal(ADDRESS);
    expect(target.abi).to.have.length(1);
  });

  it("refuses one whose address cannot be resolved, with the cause", async () => {
    const cause = new Error("no such name");
    const error = await failsWith("INVALID_TARGET", () =>
      awaitTarget(
        contract(async () => {
          throw cause;
        }),
        "box",
      ),
    );
    expect(error.cause).to.equal(cause);
  });

  it("says that a promise has to be awaited", async () => {
    const error = await failsWith("INVALID_TARGET", () => awaitTarget(new Promise(() => undefined), "box"));
    expect(error.summary).to.equal("The target is a promise, not a contract.");
    expect(error.hint).to.include("Await it");
  });
});

describe("artifactName", () => {
  const target = { address: ADDRESS, abi };
  const immutable = { 7: [{ start: 1, length: 2 }] };

  it("finds the only artifact with the same functions, in any order", async () => {
    const others = parseAbi(["function other()"]);
    const reversed = parseAbi([
      "event Put(uint256)",
      "function put(uint256)",
      "function total() view returns (uint256)",
    ]);
    expect(await nameOf([artifact("Other", "0x01", others), artifact("Vault", "0x02", reversed)], "0x")).to.equal(
      "Vault",
    );
  });

  it("prefers a deployable contract to an interface", async () => {
    expect(await nameOf([artifact("IVault", "0x"), artifact("Vault", "0x02")], "0x")).to.equal("Vault");
  });

  it("accepts the interface if there is nothing else", async () => {
    expect(await nameOf([artifact("IVault", "0x")], "0x02")).to.equal("IVault");
  });

  it("tells twins apart by their code, immutables aside", async () => {
    const twins = [artifact("Fixed", "0xaa0000bb", abi, immutable), artifact("Flawed", "0xcc0000bb", abi, immutable)];
    expect(await nameOf(twins, "0xCC1234BB")).to.equal("Flawed");
  });

  it("gives no name rather than a wrong one", async () => {
    expect(await nameOf([], "0x01")).to.equal(undefined);
    expect(await nameOf([artifact("A", "0x01"), artifact("B", "0x01")], "0x01")).to.equal(undefined);
    expect(await nameOf([artifact("A", "0x01"), artifact("B", "0x02")], "0x03")).to.equal(undefined);
  });

  it("matches a contract without functions by its code alone", async () => {
    const empty = { address: ADDRESS, abi: [] } as const;
    expect(await nameOf([artifact("Library", "0x01", [])], "0x02", empty)).to.equal(undefined);
    expect(await nameOf([artifact("Box", "0x01", [])], "0x01", empty)).to.equal("Box");
  });

  async function nameOf(artifacts: Artifact[], code: Hex, of: { abi: Abi } = target): Promise<string | undefined> {
    const byName = new Map(artifacts.map((one) => [`contracts/${one.contractName}.sol:${one.contractName}`, one]));
    const manager = {
      getAllFullyQualifiedNames: async () => new Set(byName.keys()),
      // the manager's own type infers an artifact's type from its name
      readArtifact: async (name: string) => byName.get(name) as never,
    };
    return artifactName(of.abi, [code], new ProjectArtifacts(manager));
  }

  function artifact(
    contractName: string,
    deployedBytecode: string,
    functions: Artifact["abi"] = abi,
    immutableReferences: Artifact["immutableReferences"] = {},
  ): Artifact {
    return {
      _format: "hh3-artifact-1",
      contractName,
      sourceName: `contracts/${contractName}.sol`,
      abi: functions,
      bytecode: deployedBytecode,
      deployedBytecode,
      linkReferences: {},
      deployedLinkReferences: {},
      immutableReferences,
    };
  }
});
