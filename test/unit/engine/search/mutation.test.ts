import type { LooseMove } from "../../../../src/engine/events/call.js";
import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { mutated } from "../../../../src/engine/search/mutation.js";
import { createRandom, mixSeeds } from "../../../../src/market/random.js";

const ppm = fc.nat({ max: 1_000_000 });

const loose: fc.Arbitrary<LooseMove> = fc.record({
  agent: fc.constantFrom("attacker", "searcher"),
  action: fc.constantFrom("pool.swap", "lending.borrow"),
  operands: fc.array(ppm, { minLength: 2, maxLength: 2 }),
});

const move: fc.Arbitrary<MoveGene> = fc
  .tuple(loose, fc.integer({ min: 1, max: 5 }), fc.constantFrom("front" as const, "back" as const))
  .map(([what, block, position]) => ({ ...what, block, position }));

const genome: fc.Arbitrary<Genome> = fc
  .record({ seed: fc.nat(), moves: fc.array(move, { maxLength: 8 }) })
  .map(({ seed, moves }) => ({
    seed,
    blocks: 5,
    muted: [],
    market: [{ block: 1, asset: "ETH", change: seed }],
    oracles: [],
    moves: moves.toSorted((a, b) => a.block - b.block),
  }));

/** A mutation that can draw the same moves each time it is made. */
function make(parent: Genome, fresh: Genome, draws: readonly LooseMove[], seed: number): Genome {
  let next = 0;
  return mutated(parent, { random: createRandom(mixSeeds(seed)), fresh, draw: () => draws[next++ % draws.length]! });
}

const parts = [genome, genome, fc.array(loose, { minLength: 1, maxLength: 5 }), fc.integer()] as const;

describe("a mutation", () => {
  it("is the same for the same seed", () => {
    fc.assert(
      fc.property(...parts, (...all) => {
        expect(make(...all)).to.deep.equal(make(...all));
      }),
    );
  });

  it("keeps moves in the order of their blocks, and operands in their range", () => {
    fc.assert(
      fc.property(...parts, (...all) => {
        const { moves } = make(...all);
        expect(moves.map(({ block }) => block)).to.deep.equal(
          moves.map(({ block }) => block).toSorted((a, b) => a - b),
        );
        for (const { operands } of moves) for (const operand of operands) expect(operand).to.be.within(0, 1_000_000);
      }),
    );
  });

  it("adds only moves of its parent, of a fresh genome, or drawn", () => {
    fc.assert(
      fc.property(...parts, (parent, fresh, draws, seed) => {
        const known = new Set(
          [...parent.moves, ...fresh.moves, ...draws].map(({ agent, action }) => `${agent} ${action}`),
        );
        for (const { agent, action } of make(parent, fresh, draws, seed).moves)
          expect(known).to.include(`${agent} ${action}`);
      }),
    );
  });

  it("extends its parent half of the time, and keeps its circumstances half of the time", () => {
    const at = (block: number): MoveGene => ({ block, agent: "a", action: "x", operands: [3], position: "front" });
    const parent: Genome = { seed: 1, blocks: 5, muted: [], market: [], oracles: [], moves: [at(1), at(2), at(3)] };
    const fresh: Genome = { ...parent, seed: 2, moves: [] };
    const made = Array.from({ length: 1_000 }, (_value, seed) =>
      make(parent, fresh, [{ agent: "a", action: "new", operands: [4] }], seed),
    );
    const goesOn = made.filter(
      ({ moves }) =>
        moves.length > 3 &&
        moves.slice(0, 3).every(({ action }) => action === "x") &&
        moves.slice(3).every(({ action, block }) => action === "new" && block === 3),
    );
    expect(goesOn.length).to.be.greaterThan(450);
    expect(made.filter(({ seed }) => seed === 1).length).to.be.within(440, 560);
  });

  it("re-targets a builder's act around a fresh genome's move to one of its own", () => {
    const at = (block: number, agent: string): MoveGene => ({
      block,
      agent,
      action: "x",
      operands: [],
      position: "front",
    });
    const base: Genome = { seed: 1, blocks: 9, muted: [], market: [], oracles: [], moves: [] };
    const parent: Genome = { ...base, moves: [at(2, "eve"), at(4, "eve")] };
    const acts = [
      { block: 7, act: "first", sender: "mallory", blocks: 0 },
      { block: 7, act: "last", sender: "keeper", blocks: 0 },
      { block: 9, act: "last", sender: "keeper", blocks: 0 },
    ] as const;
    const fresh: Genome = { ...base, seed: 2, moves: [at(7, "mallory")], builder: acts };
    const made = Array.from({ length: 400 }, (_value, seed) =>
      make(parent, fresh, [{ agent: "eve", action: "new", operands: [] }], seed),
    );
    const withFresh = made.filter(
      ({ builder, moves }) => builder !== undefined && moves.length > 0 && moves.every(({ agent }) => agent === "eve"),
    );
    expect(withFresh.length).to.be.greaterThan(50);
    for (const { builder = [], moves } of withFresh) {
      const blocks = moves.map(({ block }) => block);
      const [first, last] = [builder.find(({ act }) => act === "first"), builder.filter(({ act }) => act === "last")];
      expect(blocks).to.include(first?.block);
      expect(first?.sender).to.equal("eve");
      // one act went with the move, the other with none
      expect(last.map(({ sender }) => sender)).to.deep.equal(["keeper", "keeper"]);
      expect(last.map(({ block }) => block)).to.include(9);
    }
  });
});
