import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/index.js";
import { Clock } from "../../../../src/engine/run/clock.js";
import { constant } from "../../../../src/protocols/index.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";

describe("the clock of a run", () => {
  const holds = defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined });
  const scenario = buildScenario({ name: "idle", blocks: 9, assets: {}, agents: [], conditions: [holds] });
  const clock = Clock.atStart({ scenario, base: { number: 5, timestamp: 1_000 } as never });
  const times = (of: Clock): readonly number[] => [0, 1, 2, 3, 4].map((block) => of.at(block) - 1_000);

  it("adds up late and early blocks, and pauses", () => {
    expect(times(clock)).to.deep.equal([0, 12, 24, 36, 48]);
    const late = clock.late(2, 30).late(3, -5);
    expect(times(late)).to.deep.equal([0, 12, 54, 61, 73]);
    const paused = late.pausing(3, 3_600);
    expect(times(paused)).to.deep.equal([0, 12, 54, 3_661, 3_673]);
    expect([paused.paused(0, 4), paused.paused(2, 3), paused.paused(0, 2), late.paused(0, 4)]).to.deep.equal([
      3_600, 3_600, 0, 0,
    ]);
    // nothing of it changes the clock that it was made from
    expect(times(clock)).to.deep.equal([0, 12, 24, 36, 48]);
  });

  it("has a second between two blocks at least", () => {
    expect(times(clock.late(2, -500))).to.deep.equal([0, 12, 13, 25, 37]);
  });
});
