import type { Activity } from "../../../src/types.js";

import { expect } from "chai";

import { activityLines } from "../../../src/report/activity.js";
import { results } from "../../helpers/results.js";

describe("the activity in a report", () => {
  const { activity } = results.survived;

  function lines(changes: Partial<Activity> = {}): readonly string[] {
    return activityLines({ ...activity, ...changes }, "survived").map(
      ({ label, text }) => `${label.padEnd(11)}${text}`,
    );
  }

  it("lists the functions that never succeeded, with the reasons, and what was left out", () => {
    expect(lines()).to.deep.equal([
      "calls      1 of 3 functions that agents call succeeded at least once",
      "           succeeded: target.deposit",
      "           never:",
      '           attacker  target.borrow  tried 10    "not listed" (10)',
      "           attacker  target.sweep   never sent",
      "not called approve: says nothing about a protocol",
      "judged     solvent after 150 blocks",
      "reached    price of ETH $1,750.00 to $2,000.00, 5 price moves",
    ]);
  });

  it("counts functions, and each of them once: what succeeded, what is kept for a role, and what never did", () => {
    const refused = { tried: 4, included: 4, succeeded: 0 };
    const calls: Activity["calls"] = [
      { agent: "retail", function: "target.supply", tried: 9, included: 9, succeeded: 8, reverts: [] },
      { agent: "retail", function: "target.borrow", ...refused, reverts: [{ reason: "Unsafe()", count: 4 }] },
      { agent: "attacker", function: "target.supply", tried: 0, included: 0, succeeded: 0, reverts: [] },
      { agent: "attacker", function: "target.borrow", ...refused, reverts: [{ reason: "Unsafe()", count: 4 }] },
      { agent: "attacker", function: "target.list", ...refused, reverts: [{ reason: "NotOwner()", count: 4 }] },
    ];
    expect(lines({ calls }).slice(0, 7)).to.deep.equal([
      "calls      1 of 3 functions that agents call succeeded at least once",
      "           succeeded: target.supply",
      "           but not for every agent:",
      "           attacker  target.supply  never sent",
      "           kept for a role: target.list NotOwner()",
      "           never:",
      "           retail, attacker  target.borrow  tried 8  Unsafe() (8)",
    ]);
  });

  it("keeps a function among those that never succeeded if any call failed for another reason than a role", () => {
    const reverts = ["NotOwner()", '"paused"'].map((reason) => ({ reason, count: 1 }));
    const calls = [{ agent: "attacker", function: "target.f", tried: 2, included: 2, succeeded: 0, reverts }];
    expect(lines({ calls })[2]).to.equal('           attacker  target.f  tried 2  NotOwner() (1), "paused" (1)');
  });

  it("says why calls that were tried are in no block", () => {
    const call = { agent: "trader", included: 0, succeeded: 0, reverts: [] };
    const calls = [
      { ...call, function: "target.cancel", tried: 1, unsent: 1 },
      { ...call, function: "target.bid", tried: 8, unsent: 3 },
    ];
    expect(lines({ calls }).slice(2, 4)).to.deep.equal([
      "           trader  target.cancel  tried 1  not sent: refused whenever it was tried (1)",
      "           trader  target.bid     tried 8  in no block: outbid, not paid for, or too late (5), not sent: refused whenever it was tried (3)",
    ]);
  });

  it("counts the questions to views for which a block's read has no room", () => {
    expect(lines({ unasked: 1_234 })).to.include(
      "not asked  1,234 questions to views, for which a block's read has no room: what only they tell is not tried as an argument",
    );
    expect(lines().join()).to.not.include("not asked");
  });

  it("says of which contracts, and what else arguments lack", () => {
    const untold = {
      questions: [
        { contract: "target", count: 1_200 },
        { contract: "pool", count: 34 },
      ],
      unanswered: ["target.rate", "pool.peer"],
      addresses: 1,
      constants: 12,
    };
    expect(lines({ unasked: 1_234, untold })).to.include.members([
      "not asked  1,234 questions to views (1,200 of target, 34 of pool), for which a block's read has no room: what only they tell is not tried as an argument",
      "not asked  1 question to views for addresses at the start",
      "not tried  12 constants of the code, beyond 48 of a kind",
      "no answer  from target.rate, pool.peer at the start: reverted, or took too much gas",
    ]);
  });

  it("says how long the longest pause was", () => {
    const pauses = { what: "pause", least: 7_200, greatest: 1_990_000, unit: "seconds" } as const;
    const texts = [1, 47].map((pause) => lines({ events: { pause }, reached: [pauses] }).at(-1));
    expect(texts).to.deep.equal(["reached    1 pause of 23 days", "reached    47 pauses of up to 23 days"]);
    // of an earlier version, which did not tell
    expect(lines({ events: { pause: 2 }, reached: [] }).at(-1)).to.equal("reached    2 pauses");
  });

  it("tells margins, and apart from them where nothing is to spare", () => {
    const one = { judged: 150, failed: 0, nothing: 0, stuck: 0 };
    const conditions = [
      { ...one, condition: "solvent", closest: 0 },
      { ...one, condition: "noBadDebt", closest: 0.075 },
    ];
    expect(lines({ conditions }).slice(-3, -1)).to.deep.equal([
      "           least margin: noBadDebt 7.5 %",
      "           nothing to spare: solvent, which is right where books just balance",
    ]);
  });

  it("is one line where every function succeeded", () => {
    const [deposit] = activity.calls;
    expect(lines({ calls: [deposit!], skipped: [], conditions: [], feeds: [], events: {}, reached: [] })).to.deep.equal(
      ["calls      1 of 1 function that agents call succeeded at least once", "           succeeded: target.deposit"],
    );
  });

  it("counts one thing in the singular", () => {
    const reverts = ["a", "b", "c"].map((reason) => ({ reason, count: 1 }));
    const calls = [{ agent: "attacker", function: "target.f", tried: 3, included: 3, succeeded: 0, reverts }];
    const events = { market: 1, oracle: 1, gas: 1, builder: 1, "rate-change": 1 };
    expect(lines({ calls, skipped: [], conditions: [], feeds: [], events, reached: [] })).to.deep.equal([
      "calls      0 of 1 function that agents call succeeded at least once",
      "           never:",
      "           attacker  target.f  tried 3  a (1), b (1), 1 other reason",
      "reached    1 price move, 1 oracle fault, 1 change of demand for block space, 1 act of the builder, 1 rate-change",
    ]);
  });

  it("says that no agent calls anything", () => {
    expect(lines({ calls: [], skipped: [], conditions: [], feeds: [], events: {}, reached: [] })).to.deep.equal([
      "calls      none",
    ]);
  });

  it("says what was not judged, and why", () => {
    const conditions = [
      { condition: "solvent", judged: 9_990, failed: 10, nothing: 0, stuck: 0, why: "totalAssets() reverts" },
      { condition: "sound", judged: 0, failed: 0, nothing: 10_000, stuck: 0, why: "no vault" },
    ];
    expect(lines({ conditions })).to.include.members([
      "not judged solvent after 10 of 10,000 blocks: totalAssets() reverts",
      "not judged sound had nothing to judge: no vault",
    ]);
  });

  it("leaves out of a violation's report what was not tried until then", () => {
    const [, borrow, sweep] = activity.calls;
    const table = activityLines({ ...activity, calls: [borrow!, sweep!] }, "violation").map(({ text }) => text);
    expect(table.join()).to.include("target.borrow").and.to.not.include("target.sweep");
  });

  it("lists a dozen functions at most, those of the target first", () => {
    const call = { agent: "attacker", tried: 1, included: 1, succeeded: 0, reverts: [] };
    const calls = [
      ...Array.from({ length: 14 }, (_value, index) => ({ ...call, function: `pool.f${index}` })),
      { ...call, function: "target.borrow" },
    ];
    const table = lines({ calls, skipped: [], conditions: [], feeds: [], events: {}, reached: [] });
    expect(table).to.have.length(2 + 12 + 1);
    expect(table[2]).to.include("target.borrow");
    expect(table.at(-1)).to.include("and 3 more");
  });
});
