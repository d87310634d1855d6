import { expect } from "chai";
import fc from "fast-check";

import { readShard } from "../../../../src/engine/shards/job.js";
import { dealtTo, requireDealt, shardOf, strandsOf } from "../../../../src/engine/shards/strands.js";
import { codeOf } from "../../../helpers/errors.js";

const runs = fc.integer({ min: 1, max: 200_000 });

describe("strands", () => {
  it("are all runs of a campaign, in order, and about as long as each other", () => {
    fc.assert(
      fc.property(runs, (all) => {
        let next = 0;
        for (const { first, runs: length } of strandsOf(all)) {
          expect(first).to.equal(next);
          next += length;
        }
        expect(next).to.equal(all);
        const lengths = strandsOf(all).map((strand) => strand.runs);
        expect(Math.max(...lengths) - Math.min(...lengths)).to.be.at.most(1);
      }),
    );
  });

  it("are each dealt to one shard, and to all shards alike", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 64 }), (all, count) => {
        const hands = Array.from({ length: count }, (_, at) => dealtTo({ index: at + 1, count }, all));
        const dealt = hands.flatMap((hand, at) => hand.map(({ index }) => [index, at + 1]));
        expect(dealt.sort(([a = 0], [b = 0]) => a - b)).to.deep.equal(
          strandsOf(all).map(({ index }) => [index, shardOf(index, count)]),
        );
        const sizes = hands.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
      }),
    );
  });

  it("of a default campaign are four", () => {
    expect(strandsOf(200).map((strand) => strand.runs)).to.deep.equal([50, 50, 50, 50]);
    expect(strandsOf(1_000)).to.have.length(16);
    expect(strandsOf(10_000)).to.have.length(79);
  });

  it("are not enough for more shards, and the error says how many runs would be", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 64 }), (all, count) => {
        const shard = { index: 1, count };
        const code = codeOf(() => {
          requireDealt({ runs: all, shard });
        });
        expect(code).to.equal(strandsOf(all).length < count ? "INVALID_OPTION" : undefined);
      }),
    );
    const hint = /--runs (\d+) is enough for 20/.exec(hintOf(200, 20));
    expect(strandsOf(Number(hint?.[1]))).to.have.length(20);
    expect(strandsOf(Number(hint?.[1]) - 1)).to.have.length(19);
  });
});

describe("a shard on the command line", () => {
  it("is its number and how many there are", () => {
    expect(readShard("2/4", "The flag --shard")).to.deep.equal({ index: 2, count: 4 });
    expect(readShard("1/1", "The flag --shard")).to.deep.equal({ index: 1, count: 1 });
  });

  for (const text of ["x", "", "0/4", "5/4", "1/0", "2", "2/", "/4", "1.5/4", "-1/4", "1/99999", " 1/4", "1/4/4"]) {
    it(`is not "${text}"`, () => {
      expect(codeOf(() => readShard(text, "The flag --shard"))).to.equal("INVALID_OPTION");
    });
  }
});

function hintOf(all: number, count: number): string {
  try {
    requireDealt({ runs: all, shard: { index: 1, count } });
    return "";
  } catch (error) {
    return String(error);
  }
}
