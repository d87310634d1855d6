import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";

import type { Agent, CampaignResult, ScenarioDefinition } from "../../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { getContractAddress } from "viem";

import { addressOf } from "../../../src/agents/address-of.js";
import { attacker } from "../../../src/agents/attacker.js";
import { invariants } from "../../../src/conditions/invariants.js";
import { contract } from "../../../src/protocols/contract.js";
import { renderResult } from "../../../src/report/terminal.js";
import { failsWith } from "../../helpers/errors.js";
import { proxiesEnvironment } from "../../helpers/proxies-project.js";
import { runsOf } from "../../helpers/twin.js";

interface Judged {
  readonly address: Address;
  readonly abi: readonly object[];
}

describe("the ways into a target", () => {
  let hre: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;
  let reproductions: string;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await proxiesEnvironment({ siege: { lanes: 1, reproductions } });
  });
  after(() => rm(reproductions, { recursive: true, force: true }));
  beforeEach(async () => {
    connection = await hre.network.create();
  });
  afterEach(async () => {
    await connection.close();
    await rm(reproductions, { recursive: true, force: true });
  });

  describe("are functions of further contracts", () => {
    const named: readonly (readonly [string, string, (router: Judged) => Partial<ScenarioDefinition>])[] = [
      ["in a list, by the artifact's name", "Router", (router) => ({ targets: [router] })],
      ["in a record", "desk", (router) => ({ targets: { desk: router } })],
      ["in a list, without an ABI", "Router", ({ address }) => ({ targets: [{ address }] })],
      ["as a protocol", "desk", ({ address, abi }) => ({ protocols: { desk: contract(address, abi) } })],
    ];
    for (const [how, name, more] of named) {
      it(how, async () => {
        const { engine, router } = await routed(true);
        const broken = await lay(engine, more(router));
        expect(told(broken)).to.include(`attacker  ${name}.go(`);
      });
    }

    it("of which a fixed one survives, and which count as exercised; their errors have names", async () => {
      const { engine, router } = await routed(false);
      const alone = await lay(engine, {}, runsOf(40));
      expect(alone.kind).to.equal("inconclusive");
      const survived = await lay(engine, { targets: [router, engine] }, runsOf(40));
      expect(survived.kind).to.equal("survived");
      const calls = new Map(survived.activity.calls.map((entry) => [entry.function, entry]));
      expect([...calls.keys()]).to.have.members(["target.setRouter", "target.move", "Router.go", "Router.close"]);
      expect(calls.get("Router.close")?.reverts[0]?.reason).to.equal("Closed()");
    });

    it("which patterns name like all others", async () => {
      const { engine, router } = await routed(true);
      const targets = { desk: router };
      const only = await lay(engine, { targets, agents: [attacker({ only: ["desk.close"] })] });
      expect(only.activity.calls.map((entry) => entry.function)).to.deep.equal(["desk.close"]);
      const error = await failsWith("UNKNOWN_ACTION", () =>
        lay(engine, { targets, agents: [attacker({ except: ["desk.gone"] })] }),
      );
      expect(error.hint).to.include("desk.go");
    });

    it("refused where there is none, or the name is taken", async () => {
      const { engine, router } = await routed(true);
      const nobody: Address = "0x00000000000000000000000000000000000000aa";
      await failsWith("NO_CODE", () => lay(engine, { targets: { desk: { address: nobody, abi: router.abi } } }));
      const taken = await failsWith("INVALID_SCENARIO", () =>
        lay(engine, { targets: { attacker: router }, agents: [attacker({ name: "attacker" })] }),
      );
      expect(taken.message).to.include("targets.attacker");
      await failsWith("INVALID_SCENARIO", () => lay(engine, { targets: router as never }));
      await failsWith("INVALID_OPTION", () => contract(router.address, undefined as never));
    });
  });

  describe("are contracts that it creates", () => {
    for (const [how, name, creates, args] of [
      ["plainly", "PlainBreeder", "bear", []],
      ["with a salt, which an event names", "SaltedBreeder", "bear", []],
      ["as clones of a contract whose address is in its code", "Breeder", "breed", [2n]],
    ] as const) {
      it(how, async () => {
        const broken = await lay(await deploy(name, [...args, true]));
        expect(told(broken)).to.match(
          new RegExp(`attacker {2}${name}\\.${creates}\\(\\)[^]*attacker {2}Kid 1\\.hit\\(1\\)`),
        );
        const fixed = await lay(await deploy(name, [...args, false]), {}, runsOf(40));
        expect(fixed.kind).to.equal("survived");
        expect(fixed.activity.calls.find((entry) => entry.function === "Kid.hit")?.succeeded).to.be.above(0);
      });
    }

    it("and had created before the siege", async () => {
      const breeder = await deploy("PlainBreeder", [true]);
      await write(breeder, "bear");
      const broken = await lay(breeder, { agents: [attacker({ except: ["target.*"] })] });
      expect(told(broken)).to.include("attacker  Kid 1.hit(1)");
    });

    it("unless their code is unknown, which is counted", async () => {
      const result = await lay(await deploy("PlainBreeder", [false]), {}, runsOf(40, 10));
      expect(result.activity.unknownContracts).to.be.above(0);
      expect(told(result)).to.match(/not called created [\d,]+ contracts of unknown code, which nobody calls/);
    });
  });

  describe("are calls without a function", () => {
    it("plain transfers, and selectors that nobody has", async () => {
      const broken = await lay(await deploy("Doors", [true]));
      expect(told(broken)).to.match(
        /attacker {2}Doors\.0x[0-9a-f]{8}\(\)[^]*attacker {2}a plain transfer of .* ETH to Doors/,
      );
      const fixed = await lay(await deploy("Doors", [false]), {}, runsOf(40));
      expect(fixed.kind).to.equal("survived");
    });

    it("which exercise nothing if only native coin moves", async () => {
      const result = await lay(await deploy("Purse", []), {}, runsOf(40));
      expect(result.kind).to.equal("inconclusive");
    });
  });

  it("are allowances, and transfers from whoever set it up and approved nobody", async () => {
    expect((await lay(await deploy("OpenCoin", [true]))).kind).to.equal("violation");
    expect((await lay(await deploy("OpenCoin", [false]), {}, runsOf(40))).kind).to.equal("survived");
  });

  it("are functions that need more gas than most", async () => {
    const broken = await lay(await deploy("Hungry", [true]));
    expect(told(broken)).to.include("1 step (");
    expect((await lay(await deploy("Hungry", [false]), {}, runsOf(40))).kind).to.equal("survived");
  });

  describe("are roles", () => {
    it("of an agent, whose address is known before the siege", async () => {
      const club = await deploy("Club", [true]);
      const { siege } = connection;
      expect(siege.addressOf("attacker 2")).to.equal(addressOf("attacker 2"));
      await failsWith("INVALID_OPTION", () => addressOf("target"));
      await failsWith("INVALID_OPTION", () => addressOf(" "));
      await write(club, "list", [siege.addressOf("attacker 2")]);
      // numbered as agents of one role are
      expect(told(await lay(club, { agents: [attacker(), attacker()] }))).to.include("attacker 2  Club.visit()");
      expect((await lay(club, {}, runsOf(40))).kind).to.equal("inconclusive");
    });

    it("of an existing account, which keeps what it has", async () => {
      const club = await deploy("Club", [true]);
      const [owner] = await connection.viem.getWalletClients();
      const broken = await lay(club, { agents: [attacker({ at: owner!.account.address })] });
      expect(told(broken)).to.match(/attacker {2}Club\.list\(attacker\)[^]*attacker {2}Club\.visit\(\)/);
      expect(
        (await lay(await deploy("Club", [false]), { agents: [attacker({ at: owner!.account.address })] }, runsOf(40)))
          .kind,
      ).to.equal("survived");
      const twice = [attacker({ at: owner!.account.address }), attacker({ at: owner!.account.address })];
      await failsWith("INVALID_SCENARIO", () => lay(club, { agents: twice }));
    });

    it("of an existing contract, which keeps its code: the search is one transaction per call", async () => {
      const board = await deploy("Board", []);
      await write(board, "found", [true]);
      const founded = getContractAddress({ from: board.address, nonce: 1n });
      const club = (await connection.viem.getContractAt("Club", founded)) as unknown as Judged;
      const agent = attacker({ at: board.address });
      const broken = await lay(club, { agents: [agent] });
      expect(told(broken)).to.include("attacker  Club.visit()");
      expect(broken.explored.executor).to.equal("faithful");
      const lending: Agent = { ...agent, flashLoans: true };
      await failsWith("INVALID_SCENARIO", () => lay(club, { agents: [lending] }));
    });
  });

  async function routed(isFlawed: boolean): Promise<{ readonly engine: Judged; readonly router: Judged }> {
    const engine = await deploy("Engine", [isFlawed]);
    const router = await deploy("Router", [engine.address]);
    await write(engine, "setRouter", [router.address]);
    return { engine, router };
  }

  async function deploy(name: string, args: readonly unknown[]): Promise<Judged> {
    // the names of the fixture project's contracts are not known to the compiler here
    return await connection.viem.deployContract(name as "Club", args as never);
  }

  async function write(to: Judged, name: string, args: readonly unknown[] = []): Promise<void> {
    const { write: functions } = to as unknown as {
      write: Record<string, (args: readonly unknown[]) => Promise<unknown>>;
    };
    await functions[name]!(args);
  }

  async function lay(target: Judged, more: Partial<ScenarioDefinition> = {}, runs = 40): Promise<CampaignResult> {
    const { siege } = connection;
    const scenario = siege.scenario({
      name: "ways in",
      blocks: 6,
      assets: {},
      agents: [attacker()],
      conditions: [invariants(target)],
      ...more,
    });
    return siege.run(target, scenario, { seed: 1, runs });
  }
});

function told(result: CampaignResult): string {
  return renderResult(result);
}
