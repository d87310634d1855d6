import type { Activity, CallActivity } from "../../../../src/engine/activity/activity.js";
import type { Facts } from "../../../../src/engine/activity/facts.js";

import { expect } from "chai";

import { doubtsOf } from "../../../../src/engine/activity/doubts.js";
import { emptyTally } from "../../../../src/engine/activity/run-tally.js";

const COUNTER = "0x5fbdb2315678afecb367f032d93f642f64180aa3";

function factsWith(agents: Facts["agents"]): Facts {
  return {
    target: "Counter",
    agents,
    skipped: [],
    unasked: 0,
    conditions: ["mustHold"],
    targets: [COUNTER],
    read: [],
    owners: ["target"],
    names: [{ address: COUNTER, name: "Counter" }],
    cheatcodes: [],
  };
}

function activityWith(calls: readonly CallActivity[]): Activity {
  return { calls, skipped: [], conditions: [], feeds: [], events: {}, reached: [] };
}

function doubtOf(agents: Facts["agents"], calls: readonly CallActivity[]) {
  const [doubt, ...others] = doubtsOf(factsWith(agents), activityWith(calls), emptyTally());
  expect(others).to.deep.equal([]);
  return doubt;
}

describe("what a campaign without a violation may be doubted for", () => {
  const increase = { agent: "user", function: "target.increase", succeeded: 0, reverts: [] };
  const user = { agent: "user", offered: ["target.increase"] };

  it("names agents that have no move on the target, and which have", () => {
    const doubt = doubtOf([{ agent: "retail", offered: [] }], []);
    expect(doubt).to.include({ code: "NOTHING_HAPPENED" });
    expect(doubt?.message).to.include("There is no move on Counter for retail.");
    expect(doubt?.hint).to.include("user({ … })").and.to.include("attacker({ … })");
  });

  it("asks for an agent where there is none", () => {
    expect(doubtOf([], [])?.hint).to.match(/^Give the scenario an agent/);
  });

  it("names gas where no transaction got into a block", () => {
    const doubt = doubtOf([user], [{ ...increase, tried: 656, included: 0 }]);
    expect(doubt).to.include({ code: "NOT_EXERCISED" });
    expect(doubt?.hint).to.include("native coin for gas");
  });

  it("names no gas where transactions got into blocks and reverted, or none was made", () => {
    for (const counts of [
      { tried: 656, included: 600 },
      { tried: 656, unsent: 656, included: 0 },
    ]) {
      expect(doubtOf([user], [{ ...increase, ...counts }])?.hint).to.not.include("gas");
    }
  });
});
