import type { CampaignOptions, Finding, ScenarioDefinition } from "../../../../src/types.js";
import type { Fixture, Variant } from "../../../fixtures/fixture.js";

import { readdir } from "node:fs/promises";

import { expect } from "chai";
import { erc20Abi } from "viem";

import { attacker } from "../../../../src/agents/index.js";
import { invariants, withdrawable } from "../../../../src/conditions/index.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { anyCalls } from "../../../fixtures/causes.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { give, person } from "../../../fixtures/give.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { isDeep, runsOf, undone } from "../../../helpers/twin.js";

/** What a finding is about, and nothing that depends on time. */
function bare(finding: Finding): unknown {
  const { violation, found, trace, certificate, reproduction, run } = finding;
  return { cause: violation.cause, found: found.cause, trace, certificate, reproduction, run };
}

describe("the cause of a finding", () => {
  const theFork = siegeForkForSuite();

  async function run(contract: string, variant: Variant, options: CampaignOptions) {
    const fork = theFork();
    const { siege } = fork.connection;
    const target = await deployVariant(fork, contract, variant, []);
    const scenario = siege.scenario(anyCalls(fork, target, [invariants(target)]));
    const result = await siege.run(target, scenario, options);
    if (result.kind === "incomplete") throw result.error ?? new Error(result.reason);
    return result;
  }

  async function findingsOf(contract: string, options: CampaignOptions): Promise<readonly Finding[]> {
    const result = await run(contract, "flawed", options);
    return result.kind === "violation" ? result.findings : [];
  }

  describe("with two invariants, of which the one that matters less takes less", () => {
    for (const seed of [1, 3, 4]) {
      it(`stays what the search found, seed ${seed}`, async () => {
        const [finding] = await findingsOf("PauseLedger", { seed });
        expect(finding?.found.cause).to.equal("invariants/invariant_bNothingIsLost()");
        expect(finding?.violation.cause).to.equal("invariants/invariant_bNothingIsLost()");
        expect(finding?.violation.evidence.summary).to.include("invariant_bNothingIsLost() returned false");
        expect(finding?.trace.steps.map((step) => step.kind === "call" && step.function.name)).to.deep.equal([
          "open",
          "arm",
          "sweep",
        ]);
        expect((await theFork().connection.siege.replay(finding?.reproduction ?? "")).kind).to.equal("violation");
      });
    }

    it("names what else it saw while minimising", async () => {
      const result = await run("PauseLedger", "flawed", { seed: 1 });
      if (result.kind !== "violation") throw new Error(result.kind);
      expect(result.findings).to.have.length(1);
      expect(result.finding.also.map(({ cause }) => cause)).to.deep.equal(["invariants/invariant_aNoMark()"]);
      expect(renderFailure(result)).to.include("also seen  invariants: invariant_aNoMark() returned false");
    });

    it("keeps it as a finding of its own if more than one is wanted", async () => {
      const findings = await findingsOf("PauseLedger", { seed: 1, findings: 2 });
      expect(findings.map(({ violation }) => violation.cause)).to.deep.equal([
        "invariants/invariant_bNothingIsLost()",
        "invariants/invariant_aNoMark()",
      ]);
      expect(new Set(findings.map(({ reproduction }) => reproduction)).size).to.equal(2);
    });

    it("its twin survives", async () => {
      expect((await run("PauseLedger", "fixed", { seed: 1, runs: runsOf(60) })).kind).to.equal("survived");
    });
  });

  describe("with two depositors, of whom the one is cheaper to freeze", () => {
    async function deploy(variant: Variant): Promise<Fixture> {
      const fork = theFork();
      const { usdc } = fork.addresses;
      const [alice, bob] = [await person(fork, "alice"), await person(fork, "bob")];
      const vault = await deployVariant(fork, "DisputedVault", variant, [usdc, alice, bob]);
      const amount = 1_000_000_000n;
      for (const depositor of [alice, bob]) {
        await give(fork, "USDC", depositor, 1_000);
        await fork.chain.write(depositor, { address: usdc, abi: erc20Abi }, "approve", [vault.address, amount]);
        await fork.chain.write(depositor, vault, "deposit", [amount, depositor]);
      }
      return { ...vault, accounts: { alice, bob } };
    }

    const scenarioOf = (vault: Fixture): ScenarioDefinition => ({
      ...anyCalls(theFork(), vault, [withdrawable({ depositors: ["alice", "bob"] })]),
      agents: [attacker({ capital: { USDC: 10_000 }, only: ["target.dispute"] })],
    });

    it("stays with the depositor whose money was found to be stuck", async () => {
      const { siege } = theFork().connection;
      const vault = await deploy("flawed");
      const result = await siege.run(vault, siege.scenario(scenarioOf(vault)), { seed: 1, findings: "all", runs: 40 });
      if (result.kind !== "violation") throw new Error(result.kind);
      for (const { found, violation } of result.findings) expect(violation.cause).to.equal(found.cause);
      expect(result.findings.map(({ violation }) => violation.cause).sort()).to.deep.equal([
        "withdrawable/alice",
        "withdrawable/bob",
      ]);
      const bob = result.findings.find(({ violation }) => violation.cause === "withdrawable/bob");
      expect(bob?.violation.evidence.summary).to.match(/^bob cannot redeem/);
      expect(bob?.trace.steps.map((step) => step.kind === "call" && step.args[0])).to.deep.equal([1_000n]);
    });

    it("its twin survives", async () => {
      const { siege } = theFork().connection;
      const vault = await deploy("fixed");
      const scenario = siege.scenario({
        ...scenarioOf(vault),
        agents: [attacker({ capital: { USDC: 10_000 }, only: ["target.*"] })],
      });
      const result = await siege.run(vault, scenario, { seed: 1, runs: 20 });
      expect(result.kind).to.equal("survived");
    });
  });

  describe("with three flaws that have nothing to do with each other", () => {
    it('finds exactly three with findings: "all", the same on one lane and on two', async () => {
      const all = { seed: 1, runs: isDeep() ? 150 : 60, findings: "all" } as const;
      const one = await undone(theFork(), () => findingsOf("ThreeFlaws", { ...all, lanes: 1 }));
      expect(one.map(({ violation }) => violation.cause)).to.have.members([
        "invariants/invariant_capHolds()",
        "invariants/invariant_feeIsBounded()",
        "invariants/invariant_lockEnds()",
      ]);
      expect(one.every(({ certificate }) => certificate?.kind === "1-minimal")).to.equal(true);
      const files = (await readdir(theFork().reproductions)).filter((file) => file.endsWith(".json"));
      expect(files).to.have.length(3);
      expect(one.map(({ trace }) => trace.steps.length).sort()).to.deep.equal([1, 2, 2]);

      await theFork().forget();
      const two = await findingsOf("ThreeFlaws", { ...all, lanes: 2 });
      expect(two.map(bare)).to.deep.equal(one.map(bare));
    });

    it("goes on past what it has found before", async () => {
      const [first] = await findingsOf("ThreeFlaws", { seed: 1, lanes: 1 });
      const [again] = await findingsOf("ThreeFlaws", { seed: 2, lanes: 1 });
      expect(again?.run, "a saved reproduction").to.equal(0);
      expect(again?.violation.cause).to.equal(first?.violation.cause);
      const more = await findingsOf("ThreeFlaws", { seed: 2, lanes: 1, findings: 2 });
      expect(more.map(({ run: number }) => number === 0)).to.deep.equal([true, false]);
      expect(new Set(more.map(({ violation }) => violation.cause)).size).to.equal(2);
    });

    it("its twin survives", async () => {
      const result = await run("ThreeFlaws", "fixed", { seed: 1, runs: runsOf(60), findings: "all" });
      expect(result.kind).to.equal("survived");
    });
  });
});
