import { expect } from "chai";

import { attacker } from "../../../src/agents/attacker.js";
import { flashLoanAttacker } from "../../../src/agents/flash-loan-attacker.js";
import { thousandDollars } from "../../fixtures/flash-loans.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { SEEDS } from "../seeds.js";

/** With all functions of the vault, the whole budget and many seeds. */
describe("flash loans", () => {
  const theFork = siegeForkForEach();

  for (const seed of SEEDS) {
    it(`let an attacker with a thousand dollars break a vault, seed ${seed}`, async () => {
      const { siege } = theFork().connection;
      const vault = await deploySpotLendingVault(theFork(), "flawed");
      const scenario = siege.scenario(thousandDollars(theFork(), flashLoanAttacker));
      const result = await siege.run(vault, scenario, { seed, runs: 2_000 });
      if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
      const { finding } = result;
      const raids = finding.trace.steps.filter((step) => step.kind === "call" && step.inner !== undefined);
      expect(raids).to.have.lengthOf(1);
      expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
    });
  }

  for (const [what, variant, agent] of [
    ["are what it takes: without them the same person achieves nothing", "flawed", attacker],
    ["do not break the vault that asks the feed", "fixed", flashLoanAttacker],
  ] as const) {
    it(what, async () => {
      const { siege } = theFork().connection;
      const vault = await deploySpotLendingVault(theFork(), variant);
      const result = await siege.run(vault, siege.scenario(thousandDollars(theFork(), agent)), { seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }
});
