import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";
import type { Reached } from "../../../../src/engine/search/reached.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { Corpus } from "../../../../src/engine/search/corpus.js";
import { ReachWatch } from "../../../../src/engine/search/reach-watch.js";
import { reachedBy } from "../../../../src/engine/search/reached.js";
import { createRandom } from "../../../../src/market/random.js";

function moves(count: number, name = "pool.swap"): readonly MoveGene[] {
  return Array.from({ length: count }, (_value, index) => ({
    block: index + 1,
    agent: "attacker",
    action: name,
    operands: [index],
    position: "front",
  }));
}

function genomeOf(list: readonly MoveGene[], seed = 0): Genome {
  return { seed, blocks: 10, muted: [], market: [], oracles: [], moves: list };
}

/** A run after whose last move the word with this index is present, and was not before. */
function run(genome: Genome, word: number): readonly [genome: Genome, reached: Reached] {
  const watch = new ReachWatch(
    genome.moves,
    Array.from({ length: 50 }, () => 0),
  );
  const profile = Array.from({ length: 50 }, (_value, index) => (index === word ? 1 : 0));
  watch.after(genome.moves.at(-1)?.block ?? 0, profile, []);
  return [genome, watch.reached];
}

function parents(corpus: Corpus, count: number): readonly (Genome | undefined)[] {
  const random = createRandom(1);
  return Array.from({ length: count }, () => corpus.parent(random));
}

describe("a corpus", () => {
  it("knows nothing before it has grown", () => {
    const corpus = new Corpus();
    corpus.saw(0, ...run(genomeOf(moves(1)), 0));
    expect(corpus.parent(createRandom(1))).to.equal(undefined);
    corpus.grow();
    expect(corpus.parent(createRandom(1))?.moves).to.deep.equal(moves(1));
  });

  it("is the same in whatever order the runs of a generation end", () => {
    const runs = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 5 }), word: fc.nat({ max: 9 }), place: fc.nat() }),
      {
        minLength: 2,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(runs, (list) => {
        const indexed = list.map(({ length, word, place }, index) => ({
          index,
          place,
          made: run(genomeOf(moves(length), index), word),
        }));
        const shuffled = indexed.toSorted((a, b) => a.place - b.place);
        const [one, other] = [indexed, shuffled].map((order) => {
          const corpus = new Corpus();
          for (const { index, made } of order) corpus.saw(index, ...made);
          corpus.grow();
          return parents(corpus, 20);
        });
        expect(one).to.deep.equal(other);
      }),
    );
  });

  it("prefers rarely reached features", () => {
    const corpus = new Corpus();
    for (let index = 0; index < 100; index++)
      corpus.saw(index, ...run(genomeOf(moves(2), index), index === 50 ? 1 : 0));
    corpus.grow();
    const rare = parents(corpus, 1_000).filter((genome) => genome?.seed === 50);
    // the other feature has 99 hits, and a tenth of the weight
    expect(rare.length).to.be.within(870, 940);
  });

  it("keeps the shortest sequence that reached a feature, and the last of equally short ones", () => {
    const corpus = new Corpus();
    for (const [index, length] of [3, 1, 1, 2].entries()) corpus.saw(index, ...run(genomeOf(moves(length), index), 0));
    corpus.grow();
    expect(corpus.parent(createRandom(1))?.seed).to.equal(2);
  });

  it("cuts a sequence after the move that reached a feature, and drops moves that do nothing", () => {
    const list = moves(5);
    const watch = new ReachWatch(list, [0]);
    watch.idle(list[0]!);
    watch.within(list[2]!, [1], []);
    watch.after(5, [1], []);
    const reached = [...reachedBy(genomeOf(list), watch.reached)];
    expect(reached.map(([, genome]) => genome.moves)).to.deep.equal([[list[1], list[2]]]);
  });

  it("counts a move and its repetitions as one", () => {
    const [one, other] = moves(2);
    const list = [one!, other!, one!];
    const sights = [{ after: { move: 2 }, features: [{ id: 1, extent: 1 }] }];
    const upTo = (idle: readonly number[]) => [...reachedBy(genomeOf(list), { sights, idle })][0]![1].moves;
    expect(upTo([])).to.deep.equal([one]);
    expect(upTo([2])).to.deep.equal([]);
  });
});
