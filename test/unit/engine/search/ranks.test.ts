import type { RunTally } from "../../../../src/engine/activity/run-tally.js";

import { expect } from "chai";

import { callsOf, emptyTally } from "../../../../src/engine/activity/run-tally.js";
import { Ranks } from "../../../../src/engine/search/ranks.js";

const NAMES = ["target.never", "target.rare", "target.often"];

function runOf(succeeded: Readonly<Record<string, number>>, agent = "attacker"): RunTally {
  const tally = emptyTally();
  for (const [name, count] of Object.entries(succeeded)) callsOf(tally, agent, name).succeeded = count;
  return tally;
}

describe("the ranks of actions", () => {
  it("are none before the first generation is over", () => {
    const ranks = new Ranks(NAMES);
    ranks.saw(runOf({ "target.often": 9 }));
    expect(ranks.names).to.deep.equal([]);
    ranks.grow();
    expect(ranks.names).to.deep.equal(["target.never", "target.rare", "target.often"]);
  });

  it("come with the actions that called an agent back, once a generation is over", () => {
    const ranks = new Ranks(NAMES);
    ranks.saw({ ...emptyTally(), callers: ["target.rare", "pool.unknown"] });
    expect(ranks.callers).to.deep.equal([]);
    ranks.grow();
    ranks.saw({ ...emptyTally(), callers: ["target.often", "target.rare"] });
    expect(ranks.callers).to.deep.equal(["target.rare"]);
    ranks.grow();
    expect(ranks.callers).to.deep.equal(["target.often", "target.rare"]);
  });

  it("put what has succeeded least often first, of all agents and runs together, in whatever order these come", () => {
    const runs = [
      runOf({ "target.often": 9 }),
      runOf({ "target.rare": 8 }),
      runOf({ "target.often": 2, "target.never": 100 }, "keeper"),
      runOf({ "pool.unknown": 1 }),
    ];
    for (const order of [runs, runs.toReversed()]) {
      const ranks = new Ranks(NAMES);
      for (const run of order) ranks.saw(run);
      ranks.grow();
      expect(ranks.names).to.deep.equal(["target.rare", "target.often", "target.never"]);
    }
  });

  it("do not put first for ever what never succeeds", () => {
    const ranks = new Ranks(NAMES);
    const grown = (): readonly string[] => {
      ranks.saw(runOf({ "target.often": 9, "target.rare": 1 }));
      ranks.grow();
      return ranks.names;
    };
    const hopeful = [grown(), grown(), grown()];
    for (const names of hopeful) expect(names[0]).to.equal("target.never");
    expect(grown()[0]).to.equal("target.rare");
    // without anything that succeeds, all are alike
    const hopeless = new Ranks(NAMES);
    for (let generation = 0; generation < 5; generation++) hopeless.grow();
    expect(hopeless.names).to.deep.equal(NAMES);
  });
});
