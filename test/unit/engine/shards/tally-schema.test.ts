import { expect } from "chai";

import { emptyTally, MOMENT, noteAfter, noteFlow } from "../../../../src/engine/activity/run-tally.js";
import { toJson } from "../../../../src/engine/json.js";
import { tallySchema } from "../../../../src/engine/shards/tally-schema.js";

describe("the counts of runs in a file", () => {
  it("are read as they were written, whatever was counted", () => {
    const tally = emptyTally();
    noteAfter(tally, "target.borrow", ["target.deposit"], ["target.deposit"], ["target.deposit"]);
    noteAfter(tally, "target.liquidate", [MOMENT], ["target.borrow"]);
    noteFlow(tally, "target.borrow", "gets", "0xaa");
    tally.callers.push("target.withdraw");
    tally.insiders.push("target.borrow");
    tally.calls.attacker = {
      "target.borrow": {
        tried: 2,
        unsent: 1,
        included: 1,
        succeeded: 0,
        reverts: { ["__proto__"]: 1, constructor: 1 },
      },
    };
    const written: unknown = JSON.parse(toJson(tally));
    expect(JSON.parse(toJson(tallySchema.parse(written)))).to.deep.equal(written);
  });

  it("are refused with counts of another kind", () => {
    expect(tallySchema.safeParse({ ...emptyTally(), more: [] }).success).to.equal(false);
    const { insiders: _insiders, ...less } = emptyTally();
    expect(tallySchema.safeParse(less).success).to.equal(false);
  });
});
