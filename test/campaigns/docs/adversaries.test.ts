import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Proposer } from "../../../src/agents/proposer.js";
import type { Scenario } from "../../../src/scenario/scenario.js";
import type { BankruptResult, CampaignResult, Policy, Siege, Target } from "../../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import capped from "../../fixture-projects/shell/siege/capped.scenario.js";
import leaky from "../../fixture-projects/shell/siege/leaky.scenario.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

interface Besieged {
  readonly target: Target;
  readonly scenario: Scenario;
}

/** What docs/adversaries.md exports. */
interface Documented {
  readonly greedy: Proposer;
  model(url: string): Proposer;
  refusals(result: CampaignResult): readonly string[];
  transferred(
    siege: Siege,
    lesson: Besieged,
    other: Besieged,
  ): Promise<{ readonly policy: Policy; readonly result: CampaignResult }>;
  cheapest(siege: Siege, vault: Target, scenario: Scenario): Promise<BankruptResult>;
}

describe("docs/adversaries.md", () => {
  let hre: HardhatRuntimeEnvironment;
  let folder: string;
  let code: Documented;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: folder } });
    code = (await documentedCode("docs/adversaries.md")) as unknown as Documented;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("proposes, and tells what was refused", async () => {
    const connection = await hre.network.create();
    const { target, scenario } = await capped(connection);
    const proposers = [code.greedy, code.model("http://127.0.0.1:1")];
    const result = await connection.siege.run(target, scenario, { runs: 8, proposers });
    await connection.close();
    expect(result.kind).to.equal("survived");
    // a box has no deposit, and nothing listens at the model's address
    expect(code.refusals(result)).to.deep.equal([
      "greedy: there is no such action (2)",
      "model: it threw an error (1)",
    ]);
  });

  it("trains on one target, and attacks another, whose twin it does not break", async () => {
    const connection = await hre.network.create();
    const { siege } = connection;
    const [flawed, fixed] = [await leaky(connection), await capped(connection)];
    const { policy, result } = await code.transferred(siege, flawed, flawed);
    expect(policy.trained).to.deep.equal({ seed: 1, campaigns: 2, found: 2 });
    expect(result.kind).to.equal("violation");
    const other = await code.transferred(siege, flawed, fixed);
    expect(other.policy).to.deep.equal(policy);
    expect(other.result.kind).to.equal("survived");
    await connection.close();
  });

  it("prints the cheapest way", async () => {
    const connection = await hre.network.create();
    const { target, scenario } = await leaky(connection);
    const { log } = console;
    const printed: string[] = [];
    console.log = (text: string) => void printed.push(text);
    let result: BankruptResult;
    try {
      result = await code.cheapest(connection.siege, target, scenario);
    } finally {
      console.log = log;
      await connection.close();
    }
    expect(result.front.map(({ capital, priceMove, steps }) => ({ capital, priceMove, steps }))).to.deep.equal([
      { capital: 0, priceMove: 0, steps: 1 },
    ]);
    expect(printed.join("\n")).to.match(/^1 cheapest way to break it: LeakyBox/);
  });
});
