import { expect } from "chai";

import { attacker } from "../../../src/agents/attacker.js";
import { flashLoanAttacker } from "../../../src/agents/flash-loan-attacker.js";
import { thousandDollars, WHAT_IT_TAKES } from "../../fixtures/flash-loans.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { SHORT_SEARCH, survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

/** With the functions that the attack needs; test/deep has all of them, more seeds and whole budgets. */
describe("flash loans", () => {
  const theFork = siegeForkForEach();
  const few = { only: WHAT_IT_TAKES, blocks: 2 };

  it("let an attacker with a thousand dollars break a vault, seed 4, but not the vault that uses the feed", async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const sibling = await undone(fork, async () => {
      const vault = await deploySpotLendingVault(fork, "flawed");
      const scenario = siege.scenario(thousandDollars(fork, flashLoanAttacker, few));
      const result = await siege.run(vault, scenario, { seed: 4 });
      if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
      const { finding } = result;
      const raids = finding.trace.steps.filter((step) => step.kind === "call" && step.inner !== undefined);
      expect(raids).to.have.lengthOf(1);
      expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      return vault.name;
    });
    const twin = await deploySpotLendingVault(fork, "fixed");
    const scenario = siege.scenario(thousandDollars(fork, flashLoanAttacker, few));
    await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling });
  });

  it("are essential: without them the same attacker achieves nothing", async () => {
    const { siege } = theFork().connection;
    const vault = await deploySpotLendingVault(theFork(), "flawed");
    const scenario = siege.scenario(thousandDollars(theFork(), attacker, few));
    expect((await siege.run(vault, scenario, { seed: 1, runs: SHORT_SEARCH })).kind).to.equal("survived");
  });
});
