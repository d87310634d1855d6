import type { DiffResult } from "../../../src/types.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";

import { expect } from "chai";

import { renderDiff } from "../../../src/report/diff.js";
import { parameter } from "../../../src/scenario/index.js";
import { deployCoupledVault } from "../../fixtures/coupled-vault.js";
import { fallInSilence, spotPriceManipulation } from "../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** Few of them break the flawed vault, and enough do not. */
const RUNS = 6;

describe("siege.diff", () => {
  const opened = siegeForkForSuite();

  /** The flawed vault against another version, on one connection. */
  async function compared(fork: SiegeFork, variant: "flawed" | "fixed"): Promise<DiffResult> {
    const { siege } = fork.connection;
    const one = await deploySpotLendingVault(fork, "flawed");
    const other = await deploySpotLendingVault(fork, variant);
    const scenario = siege.scenario(spotPriceManipulation(fork));
    return siege.diff(one, scenario, { target: other }, { runs: RUNS });
  }

  it("lists what a fix changes, and from which call on", async () => {
    const { outcomes, changed, runs, one, other } = await compared(opened(), "fixed");
    expect([one.target, other.target, runs]).to.deep.equal(["SpotLendingVault", "SpotLendingVaultFixed", RUNS]);
    expect(outcomes.fixed).to.be.at.least(1);
    expect(outcomes.broken + outcomes.bothBroke + outcomes.otherwise).to.equal(0);
    expect(changed).to.have.lengthOf(outcomes.fixed);
    const [run] = changed;
    expect(run?.one).to.deep.include({ kind: "broke", condition: "noBadDebt" });
    expect(run?.other).to.deep.equal({ kind: "survived" });
    // the price of the spot pool against that of the feed: what is lent
    for (const { first, calls } of changed) {
      expect(first).to.include({ kind: "call", of: "attacker" });
      expect(first?.one).to.match(/^SpotLendingVault\.borrow\(.*gets [\d,.]+ USDC$/);
      expect(first?.other).to.match(/^SpotLendingVaultFixed\.borrow\(.*gets [\d,.]+ USDC$/);
      expect(calls?.one.kind).to.equal("broke");
    }
    const [margin] = run?.margins ?? [];
    expect(margin?.condition).to.equal("noBadDebt");
    expect(margin?.one.at(-1)).to.equal(0);
    expect(margin?.other.slice(0, margin.one.length).at(-1)).to.be.greaterThan(0);
  });

  it("finds nothing between two deployments of the same code", async () => {
    const result = await compared(opened(), "flawed");
    expect(result.changed).to.deep.equal([]);
    expect(result.diverged).to.equal(0);
    expect(result.outcomes.bothBroke).to.be.at.least(1);
    expect(result.outcomes.bothBroke + result.outcomes.bothSurvived).to.equal(RUNS);
  });

  it("is the other way round from the other side", async () => {
    const fork = opened();
    const { siege } = fork.connection;
    const flawed = await deploySpotLendingVault(fork, "flawed");
    const fixed = await deploySpotLendingVault(fork, "fixed");
    const scenario = siege.scenario(spotPriceManipulation(fork));
    const { outcomes } = await siege.diff(fixed, scenario, { target: flawed }, { runs: RUNS });
    expect(outcomes.broken).to.be.at.least(1);
    expect(outcomes.fixed).to.equal(0);
  });

  it("compares two sets of parameters", async () => {
    const fork = opened();
    const { siege } = fork.connection;
    const vault = await deployCoupledVault(fork, "flawed");
    const parameters = { blockTime: parameter({ range: [12, 3_600], set: "blockTime" }) };
    const scenario = siege.scenario({ ...fallInSilence(fork), parameters });
    const sides = { parameters: { blockTime: 12 } };
    const { outcomes, other } = await siege.diff(vault, scenario, sides, { runs: RUNS });
    expect(other.parameters).to.deep.include.members([{ name: "blockTime", value: 12 }]);
    // for the four hours in which it only takes deposits, there is nothing to lose
    expect(outcomes.broken).to.equal(0);
    expect(outcomes.fixed).to.be.at.least(1);
  });

  it("plays saved reproductions on both sides", async () => {
    const fork = opened();
    const { siege } = fork.connection;
    const flawed = await deploySpotLendingVault(fork, "flawed");
    const fixed = await deploySpotLendingVault(fork, "fixed");
    const scenario = siege.scenario(spotPriceManipulation(fork));
    const found = await siege.run(flawed, scenario, { explain: false });
    if (found.kind !== "violation") throw new Error(`expected a violation, got ${found.kind}`);
    const result = await siege.diff(flawed, scenario, { target: fixed }, { runs: 1 });
    expect(result.reproductions).to.equal(1);
    expect(result.changed[0]).to.deep.include({ reproduction: found.finding.reproduction });
    expect(result.changed[0]?.other).to.deep.equal({ kind: "survived" });
    // what the twin does not lend
    expect(result.changed[0]?.first?.one).to.match(/^SpotLendingVault\.borrow\(/);
  });

  it("refuses scenarios in which the same run means something else", async () => {
    const fork = opened();
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const definition = spotPriceManipulation(fork);
    const [one, other] = [siege.scenario(definition), siege.scenario({ ...definition, blocks: 3 })];
    const error = await failsWith("INVALID_OPTION", () => siege.diff(vault, one, { scenario: other }));
    expect(error.message).to.include("30 and 3");
  });

  it("reads as a table, and the first changed runs", async () => {
    const text = renderDiff(await compared(opened(), "fixed"));
    expect(text).to.match(/^SpotLendingVault against SpotLendingVaultFixed in /);
    expect(text).to.match(/\n\s+survived\s+broke\n {2}survived\s+\d+\s+0\n {2}broke\s+\d+\s+0\n/);
    expect(text).to.match(/\n {2}differs +block \d+, call \d+, attacker: /);
  });
});
