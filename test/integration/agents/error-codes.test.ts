import type { CampaignResult } from "../../../src/types.js";

import { expect } from "chai";

import { attacker } from "../../../src/agents/attacker.js";
import { invariants } from "../../../src/conditions/invariants.js";
import { renderResult } from "../../../src/report/terminal.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** Contracts that return an error code instead of reverting, as Compound and its forks do. */
describe("an error code", () => {
  const theFork = siegeForkForSuite();

  async function besieged(name: string, runs: number): Promise<CampaignResult> {
    const fork = theFork();
    const artifact = await fixtureArtifact(name);
    const target = { name, abi: artifact.abi, address: await fork.deploy(artifact) };
    const { siege } = fork.connection;
    const scenario = {
      name,
      blocks: 6,
      assets: {},
      agents: [attacker({ callbacks: false })],
      conditions: [invariants(target)],
    };
    return siege.run(target, siege.scenario(scenario), { runs, seed: 1 });
  }

  const callsOf = ({ activity }: CampaignResult, name: string) =>
    activity.calls.find((entry) => entry.function === `target.${name}`)!;

  it("is a refusal for the search, which finds the largest amount without one", async () => {
    const result = await besieged("CodedMarket", 100);
    if (result.kind !== "violation") throw new Error(renderResult(result));
    expect(result.finding.trace.steps).to.have.lengthOf(1);
  });

  it("is counted as one, while what has a name counts as a result", async () => {
    const result = await besieged("CodedMarketFixed", 64);
    expect(result.kind, renderResult(result)).to.equal("survived");
    const { included, succeeded, reverts } = callsOf(result, "borrow");
    expect(reverts.map(({ reason }) => reason)).to.deep.equal(["error code 3"]);
    expect(reverts[0]!.count).to.equal(included - succeeded);
    expect(succeeded).to.be.greaterThan(0);
    const deposits = callsOf(result, "deposit");
    expect(deposits.succeeded).to.equal(deposits.included);
  });

  it("is shown in a trace", async () => {
    const result = await besieged("FailingMarket", 64);
    if (result.kind !== "violation") throw new Error(renderResult(result));
    expect(renderResult(result)).to.match(/FailingMarket\.borrow\(.*\) +returns error code 3\n/);
    expect(result.finding.steps[0]?.data).to.deep.nested.include({ "effect.errorCode": 3n });
  });

  it("is not what a contract returns that has none: the number of a loan is no refusal", async () => {
    const result = await besieged("NumberedMarket", 16);
    expect(result.kind, renderResult(result)).to.equal("survived");
    const { included, succeeded, reverts } = callsOf(result, "borrow");
    expect(included).to.be.greaterThan(10);
    expect(succeeded).to.equal(included);
    expect(reverts).to.deep.equal([]);
  });
});
