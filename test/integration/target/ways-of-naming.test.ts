import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Abi, Address } from "viem";

import type { Scenario, Target } from "../../../src/types.js";

import { AssertionError } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { ethers as library } from "ethers";
import { parseAbi } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { defineCondition } from "../../../src/conditions/condition.js";
import { read } from "../../../src/protocols/read-plan.js";
import { shellEnvironment } from "../../helpers/shell-project.js";
import { runsOf } from "../../helpers/twin.js";

const CAP = 1_000n;

const SIGNATURES = [
  "constructor(uint256 cap_)",
  "function cap() view returns (uint256)",
  "function set(uint256 newValue)",
  "function value() view returns (uint256)",
];

const VALUE = parseAbi(["function value() view returns (uint256)"]);

type Connection = NetworkConnection;
type Way = (connection: Connection, address: Address, abi: Abi) => Promise<Target> | Target;

/** As Solidity wrote ABIs before 0.5. */
function oldAbi(abi: Abi): object[] {
  return abi.map((item) => {
    if (!("stateMutability" in item)) return item;
    const { stateMutability, ...rest } = item;
    return { ...rest, constant: stateMutability === "view", payable: stateMutability === "payable" };
  });
}

const WAYS: Readonly<Record<string, Way>> = {
  "a contract of viem": ({ viem }, address) => viem.getContractAt("LeakyBox", address),
  "a contract of ethers": ({ ethers }, address) => ethers.getContractAt("LeakyBox", address),
  "a contract of ethers with a human-readable ABI": (_connection, address) => new library.Contract(address, SIGNATURES),
  "a contract of ethers whose target is another contract": ({ ethers }, address) =>
    new library.Contract(new library.Contract(address, []), SIGNATURES, ethers.provider),
  "an address with an ABI": (_connection, address, abi) => ({ address, abi }),
  "an address with the ABI of an old compiler": (_connection, address, abi) => ({ address, abi: oldAbi(abi) }),
  "an address with signatures": (_connection, address) => ({ address, abi: SIGNATURES }),
};

describe("a target", () => {
  let hre: HardhatRuntimeEnvironment;
  let connection: Connection;
  let reproductions: string;
  /** The largest value that the box had in any block of any run. */
  let largest: bigint;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 20, lanes: 1, reproductions } });
  });
  beforeEach(async () => {
    largest = 0n;
    await rm(reproductions, { recursive: true, force: true });
    connection = await hre.network.create();
  });
  afterEach(() => connection.close());
  after(() => rm(reproductions, { recursive: true, force: true }));

  for (const [way, nameTarget] of Object.entries(WAYS)) {
    describe(`named as ${way}`, () => {
      it("is found broken, and is called by the name of its contract", async () => {
        const target = await deployed("LeakyBox", nameTarget);
        const result = await connection.siege.run(target, scenario());
        expect(result).to.include({ kind: "violation", target: "LeakyBox" });
      });

      it("survives once it is fixed, and has been called with success", async () => {
        const target = await deployed("CappedBox", nameTarget);
        const runs = runsOf(20, 8);
        const result = await connection.siege.assertSurvives(target, scenario(), { runs });
        expect(result).to.include({ kind: "survived", target: "CappedBox" });
        expect(result.cost.runs).to.equal(runs);
        expect(largest > 0n && largest <= CAP, String(largest)).to.equal(true);
      });
    });
  }

  it("that breaks fails assertSurvives with the report, at the line of the test", async () => {
    const target = await deployed("LeakyBox", WAYS["a contract of viem"]!);
    let error: unknown;
    try {
      await connection.siege.assertSurvives(target, scenario());
    } catch (caught) {
      error = caught;
    }
    if (!(error instanceof AssertionError)) throw new Error("Expected an AssertionError.", { cause: error });
    expect(error.message).to.match(/^LeakyBox did not survive "anyone sets the box"\n/);
    expect(error.message).to.include("set(").and.to.include("npx hardhat siege replay");
    expect(error.stack?.split("\n").find((line) => /^ {4}at /.test(line))).to.include("ways-of-naming.test.ts");
  });

  async function deployed(contract: "CappedBox" | "LeakyBox", nameTarget: Way): Promise<Target> {
    const { address, abi } = await connection.viem.deployContract(contract, [CAP]);
    return nameTarget(connection, address, abi);
  }

  function scenario(): Scenario {
    return connection.siege.scenario({
      name: "anyone sets the box",
      blocks: 3,
      assets: {},
      agents: [attacker()],
      conditions: [
        defineCondition({
          id: "underCap",
          observe: (_facts, { target }) => read({ address: target.address, abi: VALUE, functionName: "value" }),
          judge: ({ reading }) => {
            if (reading > largest) largest = reading;
            if (reading <= CAP) return undefined;
            return { summary: `value ${reading} above the cap of ${CAP}`, quantities: [] };
          },
        }),
      ],
    });
  }
});
