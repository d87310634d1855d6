import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/index.js";
import { solvent } from "../../../../src/conditions/index.js";
import { withHorizon } from "../../../../src/engine/search/horizon.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";

const BLOCKS = 40;

const scenario = buildScenario({
  name: "a fall",
  blocks: BLOCKS,
  assets: { ETH: { price: 2000 } },
  agents: [attacker()],
  conditions: [solvent()],
});

const moves = Array.from({ length: BLOCKS }, (_, at): MoveGene => ({
  block: at + 1,
  agent: "attacker",
  action: "target.act",
  operands: [at],
  position: "back",
}));

function genome(seed: number, blocks = BLOCKS): Genome {
  const market = [2, 39].map((block) => ({ block, asset: "ETH", change: -10_000 }));
  return { seed, blocks, muted: [], market, oracles: [], moves: moves.slice(0, blocks) };
}

describe("the horizon of a run", () => {
  const runs = Array.from({ length: 300 }, (_, seed) => withHorizon({ scenario, events: [] }, genome(seed)));
  const shorter = runs.filter(({ blocks }) => blocks < BLOCKS);

  it("is shorter than the scenario's one time in three, down to a quarter", () => {
    expect(shorter.length / runs.length).to.be.within(0.25, 0.42);
    const lengths = shorter.map(({ blocks }) => blocks);
    expect(Math.min(...lengths)).to.be.within(10, 12);
    expect(Math.max(...lengths)).to.be.within(36, 39);
  });

  it("has all of the moves in it, in the order of its blocks, and what happens in its blocks", () => {
    for (const { blocks, moves: placed, market } of shorter) {
      expect(placed).to.have.length(moves.length);
      expect(placed.map(({ block }) => block)).to.deep.equal(placed.map(({ block }) => block).sort((a, b) => a - b));
      for (const { block, operands } of placed) expect(block).to.equal(((operands[0] ?? 0) % blocks) + 1);
      expect(market.map(({ block }) => block)).to.deep.equal(blocks === 39 ? [2, 39] : [2]);
    }
  });

  it("is the scenario's if that has only a few blocks", () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(withHorizon({ scenario, events: [] }, genome(seed, 6))).to.deep.equal(genome(seed, 6));
    }
  });
});
