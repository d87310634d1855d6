import type {
  Activity,
  CallActivity,
  CampaignOptions,
  CampaignResult,
  ScenarioDefinition,
} from "../../../../src/types.js";

import { expect } from "chai";

import { FIXTURES } from "../../../fixtures/all.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

/** More than a generation, of which the next one is drawn. */
const RUNS = 34;

/** What is counted is counted in any block: the price of ether changes in two of them. */
const SHORT: Partial<ScenarioDefinition> = { blocks: 9, oracleFaults: { maxDelayBlocks: 4 } };

describe("the activity of a siege", () => {
  const theFork = siegeForkForSuite();

  async function besiege(name: string, options: CampaignOptions): Promise<CampaignResult> {
    const fixture = FIXTURES.find((one) => one.name === name)!;
    const target = await fixture.deploy(theFork(), "fixed");
    const { siege } = theFork().connection;
    return siege.run(target, siege.scenario({ ...fixture.scenario(theFork(), target), ...SHORT }), {
      runs: RUNS,
      ...options,
    });
  }

  for (const name of ["CoupledVault", "InflatableVault"]) {
    it(`counts the same on one lane and on two, batched and as transactions: ${name}`, async () => {
      const one = await besiege(name, { lanes: 1 });
      expect(one.kind).to.equal("survived");
      expect((await besiege(name, { lanes: 2 })).activity).to.deep.equal(one.activity);
      const faithful = await besiege(name, { executor: "faithful" });
      expect(withoutReasons(faithful.activity)).to.deep.equal(withoutReasons(one.activity));
    });
  }

  it("adds up: what is included was tried and sent, what succeeds was included, every block is judged", async () => {
    // a generation: runs of later ones may be shorter than the scenario
    const { activity, cost, blocks } = await besiege("CoupledVault", { lanes: 1, runs: 32 });
    for (const { function: called, tried, unsent = 0, included, succeeded, reverts } of activity.calls) {
      expect(tried, called).to.be.at.least(included + unsent);
      expect(included, called).to.be.at.least(succeeded);
      const counted = reverts.reduce((sum, { count }) => sum + count, 0);
      expect(included - succeeded, called).to.be.at.least(counted);
    }
    expect(
      activity.calls.some(({ unsent = 0 }) => unsent > 0),
      "some moves come to nothing",
    ).to.equal(true);
    expect(total(activity.calls, "succeeded")).to.equal(cost.actions);
    expect(cost.searchCalls, "feeds publish, too").to.be.at.least(total(activity.calls, "included"));
    for (const { judged } of activity.conditions) expect(judged).to.equal(32 * blocks);
    expect(activity.reached.map(({ what }) => what)).to.include("price of ETH");
    expect(activity.events.market).to.be.above(0);
  });
});

function total(calls: readonly CallActivity[], count: "included" | "succeeded"): number {
  return calls.reduce((sum, entry) => sum + entry[count], 0);
}

/** Not every revert of a transaction is decoded. */
function withoutReasons(activity: Activity): Activity {
  return { ...activity, calls: activity.calls.map((entry) => ({ ...entry, reverts: [] })) };
}
