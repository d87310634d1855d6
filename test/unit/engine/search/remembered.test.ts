import type { RunTally } from "../../../../src/engine/activity/run-tally.js";

import { expect } from "chai";

import { emptyTally, noteAccepted } from "../../../../src/engine/activity/run-tally.js";
import { Remembered } from "../../../../src/engine/search/remembered.js";

const WRITE = "target.write";

function runOf(...calls: readonly (readonly number[])[]): RunTally {
  const tally = emptyTally();
  for (const operands of calls) noteAccepted(tally, WRITE, operands);
  return tally;
}

function after(...runs: readonly RunTally[]): Remembered {
  const remembered = new Remembered();
  for (const run of runs) remembered.saw(run);
  remembered.grow();
  return remembered;
}

describe("what is remembered of calls that succeeded", () => {
  const runs = Array.from({ length: 20 }, (_, at) => runOf([at, 2 * at, 3], [at, 0, 0]));

  it("is nothing at first, and comes with the end of a generation", () => {
    const remembered = new Remembered();
    expect(remembered.calls).to.equal(undefined);
    remembered.grow();
    expect(remembered.calls).to.equal(undefined);
    remembered.saw(runOf([1, 2, 3]));
    expect(remembered.calls).to.equal(undefined);
    remembered.grow();
    expect(remembered.calls).to.deep.equal({ [WRITE]: [[1, 2, 3]] });
  });

  it("is a few calls of each action, of any run, whatever their order", () => {
    const kept = after(...runs).calls?.[WRITE] ?? [];
    expect(kept).to.have.lengthOf(6);
    expect(after(...runs.toReversed()).calls).to.deep.equal({ [WRITE]: kept });
    const firsts = kept.map(([first = 0]) => first);
    expect(Math.max(...firsts) - Math.min(...firsts)).to.be.greaterThan(5);
  });

  it("is of a run at most two calls of an action", () => {
    expect(after(runOf([1], [2], [3])).calls?.[WRITE]).to.have.deep.members([[1], [2]]);
  });
});
