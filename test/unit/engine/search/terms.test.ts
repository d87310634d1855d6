import type { Genome } from "../../../../src/engine/events/genome.js";

import { expect } from "chai";

import { termsOf, withTerm, withWait } from "../../../../src/engine/search/terms.js";
import { createRandom } from "../../../../src/market/random.js";
import { NOTHING_STORED } from "../../../../src/target/stored-values.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

const genome: Genome = { seed: 1, blocks: 20, muted: [], market: [], oracles: [], moves: [] };

const PAUSES = { most: 2, seconds: [HOUR, 7 * DAY], watched: true } as const;

/** What a contract's views and its code say, where pauses last an hour to a week. */
function spansIn(views: readonly bigint[], code: readonly bigint[]): readonly number[] {
  const known = {
    scenario: { pauses: PAUSES },
    frame: { fromStart: { constants: { numbers: code }, stored: NOTHING_STORED } },
  };
  return termsOf({ ...known, start: { get: () => ({ numbers: views }) } } as never);
}

describe("spans of time that contracts name", () => {
  it("are whole hours, within what a pause may last, each once", () => {
    const day = BigInt(DAY);
    expect(spansIn([day, 8_700n, 10n ** 18n, 0n], [3n * day, day, 30n * day, 60n])).to.deep.equal([DAY, 3 * DAY]);
  });

  it("pass at a moment in more than half of the runs, and not less than was drawn", () => {
    const terms = { terms: [DAY], pauses: PAUSES };
    const drawn = Array.from({ length: 200 }, (_, seed) => withTerm(genome, 7, terms, createRandom(seed)).pauses ?? []);
    const waiting = drawn.filter((pauses) => pauses.length > 0);
    expect(waiting.length).to.be.within(90, 150);
    for (const [pause] of waiting) expect(pause?.seconds).to.be.within(DAY, DAY + 60);
    const long = { ...genome, pauses: [{ block: 7, seconds: 3 * DAY }] };
    for (let seed = 0; seed < 20; seed++) {
      expect(withTerm(long, 7, terms, createRandom(seed)).pauses).to.deep.equal(long.pauses);
    }
  });

  it("leave the genome as it is where nothing is named, or no pause is possible", () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(withTerm(genome, 7, { terms: [], pauses: PAUSES }, createRandom(seed))).to.equal(genome);
      expect(withTerm(genome, 7, { terms: [DAY], pauses: { ...PAUSES, most: 0 } }, createRandom(seed))).to.equal(
        genome,
      );
    }
  });

  it("pass wherever something waits, and if nothing is named, any that a pause may last", () => {
    const random = createRandom(7);
    const waits = (terms: readonly number[]): readonly number[] =>
      Array.from({ length: 100 }, () => withWait(genome, 9, { terms, pauses: PAUSES }, random)).flatMap(
        ({ pauses = [] }) => pauses.flatMap(({ block, seconds }) => (block === 9 ? [seconds] : [])),
      );
    const named = waits([DAY]);
    expect(named).to.have.length(100);
    expect(named.filter((seconds) => seconds >= DAY && seconds <= DAY + 60).length).to.be.within(45, 75);
    const any = waits([]);
    expect(Math.min(...any)).to.be.within(HOUR, 2 * HOUR);
    expect(Math.max(...any)).to.be.within(4 * DAY, 7 * DAY);
    const full = { ...genome, pauses: [1, 2].map((block) => ({ block, seconds: HOUR })) };
    expect(withWait(full, 9, { terms: [DAY], pauses: PAUSES }, createRandom(1))).to.equal(full);
  });
});
