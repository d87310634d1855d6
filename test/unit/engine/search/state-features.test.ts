import type { Hex } from "viem";

import { expect } from "chai";
import { concatHex, numberToHex } from "viem";

import { stateFeatures } from "../../../../src/engine/search/state-features.js";
import { profileOf } from "../../../../src/engine/world/profile.js";

/** One read that returned words, after one that failed. */
function profile(...words: readonly bigint[]): readonly number[] {
  const data: Hex = concatHex(words.map((word) => numberToHex(word, { size: 32 })));
  return profileOf({ calls: [{ success: false, data: "0x" }], simulations: [[{ success: true, data }]] });
}

function ids(...states: Parameters<typeof stateFeatures>): ReadonlySet<number> {
  return new Set(stateFeatures(...states).map(({ id }) => id));
}

describe("the features of a state", () => {
  const start = profile(0n, 1_000n, 10n ** 18n);

  it("are none if nothing has changed much", () => {
    expect(ids(start, start, [])).to.have.property("size", 0);
    expect(ids(start, profile(0n, 30_000n, 10n ** 17n), [0])).to.have.property("size", 0);
  });

  it("include what was not there before, whatever its size", () => {
    const some = ids(start, profile(1n, 1_000n, 10n ** 18n), []);
    expect(some).to.have.property("size", 1);
    expect(ids(start, profile(10n ** 30n, 1_000n, 10n ** 18n), [])).to.deep.equal(some);
  });

  it("include values that are far off, with an extent that grows by one per factor of sixteen", () => {
    const at = (value: bigint) => stateFeatures(start, profile(0n, value, 10n ** 18n), []);
    expect(at(1_000n * 16n ** 4n).map(({ extent }) => extent)).to.deep.equal([1]);
    expect(at(1_000n * 16n ** 9n).map(({ extent }) => extent)).to.deep.equal([6]);
    expect(at(1_000n * 16n ** 9n)[0]?.id).to.not.equal(at(1_000n * 16n ** 8n)[0]?.id);
  });

  it("include pairs of large changes present at once", () => {
    const one = profile(7n, 1_000n, 10n ** 18n);
    const other = profile(0n, 1_000n, 1n);
    const apart = new Set([...ids(start, one, []), ...ids(start, other, [])]);
    const together = ids(start, profile(7n, 1_000n, 1n), []);
    expect([...together].filter((id) => !apart.has(id))).to.have.length(1);
  });

  it("include each doubling of a harm, by its source", () => {
    const features = stateFeatures(start, start, [0, 3]);
    expect(features.map(({ extent }) => extent)).to.deep.equal([3]);
    expect(ids(start, start, [3, 0])).to.not.deep.equal(ids(start, start, [0, 3]));
    expect(ids(start, start, [0, 4])).to.not.deep.equal(ids(start, start, [0, 3]));
  });
});
