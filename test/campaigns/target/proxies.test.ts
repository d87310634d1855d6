import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Abi, Address, Hex } from "viem";

import type { ProxyKind } from "../../../src/target/source.js";
import type { CampaignOptions, CampaignResult, Scenario, Target } from "../../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { encodeDeployData, parseAbi, toFunctionSelector } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { defineCondition } from "../../../src/conditions/condition.js";
import { all, read } from "../../../src/protocols/read-plan.js";
import { renderFailure, renderSurvived } from "../../../src/report/terminal.js";
import { failsWith } from "../../helpers/errors.js";
import { proxiesEnvironment } from "../../helpers/proxies-project.js";
import { shellEnvironment } from "../../helpers/shell-project.js";
import { runsOf } from "../../helpers/twin.js";

const READS = parseAbi(["function owed() view returns (uint256)", "function held() view returns (uint256)"]);

type VaultName = "FixedVault" | "FlawedVault";

/** Puts a proxy in front of an implementation. */
interface Kind {
  readonly kind: ProxyKind;
  /** What the proxy is called in reports. */
  readonly named: string;
  place(deploy: Deploy, implementation: Address): Promise<Address>;
}

type Deploy = (contract: string, args?: readonly unknown[]) => Promise<Address>;

const KINDS: Readonly<Record<string, Kind>> = {
  "an ERC-1967 proxy": {
    kind: "ERC-1967",
    named: "ERC1967Proxy",
    place: (deploy, implementation) => deploy("ERC1967Proxy", [implementation, INITIALISER]),
  },
  "a transparent proxy": {
    kind: "ERC-1967",
    named: "TransparentUpgradeableProxy",
    place: (deploy, implementation) => deploy("TransparentUpgradeableProxy", [implementation, OWNER, INITIALISER]),
  },
  "a beacon proxy": {
    kind: "beacon",
    named: "BeaconProxy",
    place: async (deploy, implementation) =>
      deploy("BeaconProxy", [await deploy("UpgradeableBeacon", [implementation, OWNER]), INITIALISER]),
  },
  "a proxy of ERC-1822": {
    kind: "ERC-1822",
    named: "ProxiableProxy",
    place: (deploy, implementation) => deploy("ProxiableProxy", [implementation]),
  },
  "a proxy of zeppelinos": {
    kind: "zeppelinos",
    named: "ZeppelinProxy",
    place: (deploy, implementation) => deploy("ZeppelinProxy", [implementation]),
  },
  "a proxy of no standard": {
    kind: "delegating",
    named: "HomemadeProxy",
    place: (deploy, implementation) => deploy("HomemadeProxy", [implementation]),
  },
  "a diamond": {
    kind: "diamond",
    named: "Diamond",
    place: (deploy, implementation) => deploy("Diamond", [implementation, SELECTORS]),
  },
};

/** Of a search that finds nothing: which code a proxy runs shows in any run. */
const FEW: CampaignOptions = { runs: runsOf(30, 8) };

const OWNER: Address = "0x00000000000000000000000000000000000000aa";

/** OpenZeppelin's proxies refuse to be left uninitialised. */
const INITIALISER: Hex = toFunctionSelector("held()");

const SELECTORS = ["deposit()", "withdraw(uint256)", "takeBonus(uint256)", "credit(address)", "owed()", "held()"].map(
  (signature) => toFunctionSelector(signature),
);

describe("a target behind a proxy", () => {
  /** Has the vaults and the proxies among its artifacts. */
  let project: HardhatRuntimeEnvironment;
  /** Has neither. */
  let stranger: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;
  let reproductions: string;
  /** The most that the vault owed in any block of any run. */
  let most: bigint;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    const siege = { runs: 30, lanes: 1, reproductions } as const;
    project = await proxiesEnvironment({ siege });
    stranger = await shellEnvironment({ siege });
  });
  beforeEach(async () => {
    most = 0n;
    await rm(reproductions, { recursive: true, force: true });
  });
  afterEach(() => connection.close());
  after(() => rm(reproductions, { recursive: true, force: true }));

  for (const [what, kind] of Object.entries(KINDS)) {
    describe(`such as ${what}`, () => {
      it("is found broken through the ABI of the proxy, and both are named", async () => {
        const address = await behind(project, kind, "FlawedVault");
        const result = await run({ address, abi: await abiOf(kind.named) });
        expect(result).to.include({ kind: "violation", target: `FlawedVault behind ${kind.named}` });
        expect(result.source).to.include({ kind: "artifact" });
        expect(result.source.proxy?.kind).to.equal(kind.kind);
        expect(result.source.proxy?.implementations.map(({ name }) => name)).to.deep.equal(["FlawedVault"]);
      });

      it("survives with its flaw mended, and has been called with success", async () => {
        const address = await behind(project, kind, "FixedVault");
        const result = await run({ address, abi: await abiOf(kind.named) }, FEW);
        expect(result).to.include({ kind: "survived", target: `FixedVault behind ${kind.named}` });
        expect(most > 0n, String(most)).to.equal(true);
      });

      it("is found broken by its address alone where neither is known, with functions from the bytecode", async () => {
        const result = await run({ address: await behind(stranger, kind, "FlawedVault") });
        expect(result.kind).to.equal("violation");
        expect(result.source).to.deep.include({ kind: "recovered" });
        expect(result.source.recovered?.functions).to.be.at.least(6);
        expect(text(result)).to.match(/ABI recovered from bytecode: \d functions, \d of them with a known name/);
      });

      it("survives that with its flaw mended, and has been called with success", async () => {
        const result = await run({ address: await behind(stranger, kind, "FixedVault") }, FEW);
        expect(result.kind).to.equal("survived");
        expect(most > 0n, String(most)).to.equal(true);
      });
    });
  }

  for (const clone of ["clone", "cloneWithArguments"] as const) {
    it(`is found broken as a minimal clone made by ${clone}, and survives with its flaw mended`, async () => {
      for (const vault of ["FlawedVault", "FixedVault"] as const) {
        connection = await project.network.create();
        const implementation = await deployer(connection)(vault);
        const call = {
          address: await deployer(connection)("CloneFactory"),
          abi: await abiOf("CloneFactory"),
          functionName: clone,
          args: [implementation],
        };
        const client = await connection.viem.getPublicClient();
        const [wallet] = await connection.viem.getWalletClients();
        // the factory returns the address of the clone
        const address = (await client.simulateContract(call)).result as Address;
        await wallet!.writeContract(call);
        const result = await run({ address }, vault === "FlawedVault" ? {} : FEW);
        expect(result).to.include({
          kind: vault === "FlawedVault" ? "violation" : "survived",
          target: `${vault} behind a minimal clone`,
        });
        expect(result.source.proxy?.kind).to.equal("minimal clone");
      }
    });
  }

  it("is found broken as a diamond without a loupe, by watching calls, and survives with its flaw mended", async () => {
    for (const vault of ["FlawedVault", "FixedVault"] as const) {
      const kind = {
        kind: "delegating",
        named: "SilentDiamond",
        place: (deploy: Deploy, facet: Address) => deploy("SilentDiamond", [facet, SELECTORS]),
      } as const;
      const address = await behind(project, kind, vault);
      const result = await run({ address, abi: await abiOf("SilentDiamond") }, vault === "FlawedVault" ? {} : FEW);
      expect(result).to.include({
        kind: vault === "FlawedVault" ? "violation" : "survived",
        target: `${vault} behind SilentDiamond`,
      });
    }
  });

  it("keeps an ABI that is complete, and its name", async () => {
    const address = await behind(project, KINDS["an ERC-1967 proxy"]!, "FlawedVault");
    const result = await run({ address, abi: await abiOf("FlawedVault") });
    expect(result).to.include({ kind: "violation", target: "FlawedVault" });
    expect(result.source).to.deep.include({ kind: "given" });
    expect(result.source.proxy?.kind).to.equal("ERC-1967");
  });

  it("has the functions that a given ABI lacks", async () => {
    const address = await behind(project, KINDS["a beacon proxy"]!, "FlawedVault");
    for (const abi of [READS, ["function deposit() payable"]]) {
      expect((await run({ address, abi })).kind).to.equal("violation");
    }
  });

  it("says in the report whose code it runs", async () => {
    const address = await behind(project, KINDS["a beacon proxy"]!, "FixedVault");
    const lines = text(await run({ address, abi: await abiOf("BeaconProxy") }, FEW));
    expect(lines).to.match(/^ {2}beacon proxy: its calls run the code of FixedVault at 0x[0-9a-fA-F]{40}$/m);
    expect(lines).to.include("ABI completed from the project's artifacts");
  });

  it("that is no proxy, and unknown to the project, is found broken by its address alone", async () => {
    const address = await placed(stranger, "FlawedVault");
    const result = await run({ address });
    expect(result.kind).to.equal("violation");
    expect(result.source).to.deep.include({ kind: "recovered", recovered: { functions: 6, named: 2 } });
    expect(result.target).to.match(/^contract 0x/);
    if (result.kind !== "violation") throw new Error(result.kind);
    // a function without a name is called by its selector, in a replay as in the search
    expect(result.finding.steps.map(({ action }) => action).join()).to.include(
      toFunctionSelector("takeBonus(uint256)"),
    );
    expect((await connection.siege.replay(result.finding.reproduction!)).kind).to.equal("violation");
  });

  it("that is no proxy, and unknown to the project, survives with its flaw mended", async () => {
    const result = await run({ address: await placed(stranger, "FixedVault") }, FEW);
    expect(result.kind).to.equal("survived");
    expect(most > 0n, String(most)).to.equal(true);
  });

  it("that is no proxy has the ABI of the artifact with its code", async () => {
    const result = await run({ address: await placed(project, "FixedVault") }, FEW);
    expect(result).to.include({ kind: "survived", target: "FixedVault" });
    expect(result.source).to.deep.equal({ kind: "artifact" });
  });

  it("that has nothing to call is refused, and what to pass is said", async () => {
    connection = await project.network.create();
    const implementation = await deployer(connection)("Quiet");
    const address = await deployer(connection)("ProxiableProxy", [implementation]);
    const error = await failsWith("UNSUPPORTED_TARGET", () => run({ address, abi: READS }));
    expect(error.summary).to.include("no function that can be called");
    expect(error.hint).to.include("implementation").and.to.include("abi: []");
    // only watched, which is said: not refused, and no pass, as nothing else happens here
    expect((await run({ address, abi: [] })).kind).to.equal("inconclusive");
  });

  for (const what of ["a proxy of ERC-1822", "a proxy of zeppelinos", "a proxy of no standard", "a diamond"] as const) {
    it(`such as ${what} in front of nothing is refused: its calls succeed and do nothing`, async () => {
      connection = await project.network.create();
      const abi = await abiOf("FlawedVault");
      for (const empty of [OWNER, "0x00000000000000000000000000000000000000ff"] as const) {
        const address = await KINDS[what]!.place(deployer(connection), empty);
        const error = await failsWith("NO_CODE", () => run({ address, abi }));
        expect(error.summary).to.include("where there is no code");
      }
    });
  }

  it("that has neither an ABI nor functions in its bytecode is refused, and what to pass is said", async () => {
    connection = await stranger.network.create();
    const address = await deployer(connection)("Mute");
    const error = await failsWith("INVALID_TARGET", () => run({ address }));
    expect(error.summary).to.include("without its ABI");
    expect(error.hint).to.include("{ address, abi }");
  });

  async function behind(hre: HardhatRuntimeEnvironment, kind: Kind, vault: VaultName): Promise<Address> {
    connection = await hre.network.create();
    return kind.place(deployer(connection), await deployer(connection)(vault));
  }

  async function placed(hre: HardhatRuntimeEnvironment, contract: string): Promise<Address> {
    connection = await hre.network.create();
    return deployer(connection)(contract);
  }

  /** Deploys contracts of the project on any connection, whatever its own artifacts are. */
  function deployer({ viem }: NetworkConnection): Deploy {
    return async (contract, args = []) => {
      const { abi, bytecode } = await project.artifacts.readArtifact(contract);
      const data = encodeDeployData({ abi: abi as Abi, bytecode: bytecode as Hex, args });
      const [wallet] = await viem.getWalletClients();
      const hash = await wallet!.sendTransaction({ data });
      const client = await viem.getPublicClient();
      const { contractAddress } = await client.getTransactionReceipt({ hash });
      if (contractAddress === null || contractAddress === undefined) throw new Error(`${contract} was not deployed`);
      return contractAddress;
    };
  }

  async function abiOf(contract: string): Promise<Abi> {
    return (await project.artifacts.readArtifact(contract)).abi as Abi;
  }

  async function run(target: Target, options: CampaignOptions = {}): Promise<CampaignResult> {
    return connection.siege.run(target, scenario((target as { address: Address }).address), options);
  }

  function scenario(address: Address): Scenario {
    return connection.siege.scenario({
      name: "anyone takes a bonus",
      blocks: 6,
      assets: {},
      agents: [attacker()],
      conditions: [
        defineCondition({
          id: "holdsWhatItOwes",
          observe: () =>
            all({
              owed: read({ address, abi: READS, functionName: "owed" }),
              held: read({ address, abi: READS, functionName: "held" }),
            }),
          judge: ({ reading: { owed, held } }) => {
            if (owed > most) most = owed;
            return owed > held ? `owes ${owed} wei and holds ${held}` : undefined;
          },
        }),
      ],
    });
  }

  function text(result: CampaignResult): string {
    if (result.kind === "violation") return renderFailure(result);
    if (result.kind === "survived") return renderSurvived(result);
    throw new Error(result.kind);
  }
});
