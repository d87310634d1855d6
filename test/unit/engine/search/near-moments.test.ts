import type { MoveGene } from "../../../../src/engine/events/call.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { nearMoments } from "../../../../src/engine/search/near-moments.js";

const BLOCKS = 24;
const MOMENT = 12;

const burst = fc
  .record({
    agent: fc.constantFrom("attacker", "user"),
    block: fc.integer({ min: 1, max: BLOCKS }),
    position: fc.constantFrom("front" as const, "back" as const),
    lucks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  })
  .map(({ lucks, ...place }) =>
    lucks.map((luck): MoveGene => ({ ...place, action: "target.borrow", operands: [], luck })),
  );
const run = fc
  .array(burst, { minLength: 10, maxLength: 30 })
  .map((bursts) => bursts.flat().sort((a, b) => a.block - b.block));

const lucksOf = (moves: readonly MoveGene[]): readonly (number | undefined)[] => moves.map(({ luck }) => luck);

describe("moves near moments", () => {
  it("are as many as the others near it and more: one burst in three", () => {
    const isNear = ({ block }: MoveGene): boolean => block >= MOMENT - 2 && block <= MOMENT + 1;
    const moves = fc.sample(run, { numRuns: 200, seed: 1 });
    const share = (runs: readonly (readonly MoveGene[])[]): number => {
      const all = runs.flat();
      return all.filter(isNear).length / all.length;
    };
    // four blocks of 24, and one third of the rest
    expect(share(moves)).to.be.within(0.13, 0.2);
    expect(share(moves.map((one) => nearMoments(one, [MOMENT], BLOCKS)))).to.be.within(0.38, 0.5);
  });

  it("are the same moves, in the order of their blocks, inside the run", () => {
    fc.assert(
      fc.property(run, fc.array(fc.integer({ min: 1, max: BLOCKS }), { maxLength: 3 }), (moves, moments) => {
        const placed = nearMoments(moves, moments, BLOCKS);
        expect([...lucksOf(placed)].sort()).to.deep.equal([...lucksOf(moves)].sort());
        expect(placed.map(({ block }) => block)).to.deep.equal(placed.map(({ block }) => block).sort((a, b) => a - b));
        for (const { block } of placed) expect(block).to.be.within(1, BLOCKS);
        expect(nearMoments(moves, moments, BLOCKS)).to.deep.equal(placed);
        if (moments.length === 0) expect(placed).to.deep.equal(moves);
      }),
    );
  });

  it("stay where they are if they were placed by hand", () => {
    const [first] = fc.sample(run, { numRuns: 1, seed: 2 });
    const byHand = (first ?? []).map(({ luck: _luck, ...move }) => move);
    expect(nearMoments(byHand, [MOMENT], BLOCKS)).to.deep.equal(byHand);
  });
});
