import type { CampaignResult } from "../../../src/types.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { defineCondition } from "../../../src/conditions/condition.js";
import { constant } from "../../../src/protocols/read-plan.js";
import { renderResult } from "../../../src/report/terminal.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

const RUNS = 6;

const calm = defineCondition({ id: "calm", observe: () => constant(undefined), judge: () => undefined });

describe("an ABI of hundreds of functions", () => {
  const theFork = siegeForkForSuite();

  /** A contract with one function that works, and so many that it does not have. */
  async function besieged(missing: number): Promise<CampaignResult> {
    const fork = theFork();
    const signatures = Array.from({ length: missing }, (_value, index) => `function missing${index}(uint256 amount)`);
    const abi = parseAbi(["function upTo(uint256 amount) returns (uint256)", ...signatures] as readonly string[]);
    const target = { name: `Limits${missing}`, address: await fork.deploy(await fixtureArtifact("Limits")), abi };
    const { siege } = fork.connection;
    const scenario = siege.scenario({
      name: "many functions",
      blocks: 6,
      assets: {},
      agents: [attacker()],
      conditions: [calm],
    });
    return siege.run(target, scenario, { seed: 1, runs: RUNS });
  }

  it("are all known, tried no more often than those of a small one, and told in a few lines", async () => {
    const few = await besieged(10);
    const many = await besieged(300);
    const { activity, cost } = many;
    expect(activity.calls.filter(({ function: name }) => name.startsWith("target.missing"))).to.have.lengthOf(300);
    // what is tried in place of a refused move does not grow with the ABI
    expect(cost.trials).to.be.within(1, 2 * few.cost.trials);
    const lines = renderResult(many).split("\n");
    expect(lines.length, renderResult(many)).to.be.at.most(renderResult(few).split("\n").length + 8);
    expect(renderResult(many)).to.match(/\d of 30\d functions that agents call succeeded at least once/);
    expect(renderResult(many)).to.match(/and 2\d\d more \(see --json\)/);
    expect(activity.calls.find(({ function: name }) => name === "target.upTo")?.succeeded).to.be.greaterThan(0);
  });
});
