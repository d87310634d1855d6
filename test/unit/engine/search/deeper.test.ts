import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";

import { expect } from "chai";

import { MAX_DEPTH } from "../../../../src/engine/events/inside.js";
import { withDeeper } from "../../../../src/engine/search/deeper.js";

const inside = { callback: 1, answer: "true", same: false } as const;

/** Three moves of one transaction, and one of its own in each of two blocks. */
function genome(seed: number): Genome {
  const move = (block: number, action: string, isInside = false): MoveGene => ({
    block,
    agent: "attacker",
    action,
    operands: [seed],
    position: "front",
    luck: 7,
    ...(isInside ? { inside } : {}),
  });
  const moves = [1, 2].flatMap((block) => [
    move(block, "withdraw"),
    move(block, "deposit", true),
    move(block, "borrow", true),
    move(block, "alone"),
  ]);
  return { seed, blocks: 2, muted: [], market: [], oracles: [], moves };
}

describe("calls inside calls inside calls, in a genome", () => {
  const drawn = Array.from({ length: 200 }, (_value, seed) => withDeeper(genome(seed), ["withdraw"]));
  const depths = drawn.map(({ moves }) =>
    moves.map((move) => (move.inside === undefined ? 0 : (move.inside.depth ?? 1))),
  );

  it("are in half of those that have two moves in a callback", () => {
    const deep = depths.filter((ofRun) => ofRun[2] === 2).length;
    expect(deep / depths.length).to.be.within(0.4, 0.6);
  });

  it("are at most one deeper than the move before them, and never too deep", () => {
    for (const ofRun of depths) {
      for (const [at, depth] of ofRun.entries()) {
        expect(depth).to.be.at.most((ofRun[at - 1] ?? 0) + 1);
        expect(depth).to.be.at.most(MAX_DEPTH);
      }
    }
    expect(Math.max(...depths.flat())).to.equal(3);
  });

  it("are the same for the same run, and there are none before anything was seen to call back", () => {
    expect(withDeeper(genome(3), ["withdraw"])).to.deep.equal(drawn[3]);
    expect(withDeeper(genome(3), [])).to.deep.equal(genome(3));
  });
});
