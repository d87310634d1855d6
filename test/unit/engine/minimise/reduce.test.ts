import { expect } from "chai";
import * as fc from "fast-check";

import { reduce } from "../../../../src/engine/minimise/reduce.js";

describe("reduce", () => {
  const needsAll =
    (needed: ReadonlySet<number>) =>
    async (sublist: readonly number[]): Promise<boolean> =>
      [...needed].every((item) => sublist.includes(item));

  it("keeps exactly the items that are needed together", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(200), { maxLength: 60 }), fc.nat(), async (items, salt) => {
        const needed = new Set(items.filter((item) => (item * 31 + salt) % 7 === 0));
        const kept = await reduce(items, needsAll(needed));
        expect(kept).to.deep.equal(items.filter((item) => needed.has(item)));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("is 1-minimal if items can replace each other", async () => {
    // fails with any three items whose sum is at least 100: no unique minimum, but none of the kept items can be left out
    const fails = async (sublist: readonly number[]): Promise<boolean> =>
      sublist.length >= 3 && sublist.reduce((sum, item) => sum + item, 0) >= 100;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60), { minLength: 3, maxLength: 40 }), async (items) => {
        fc.pre(await fails(items));
        const kept = await reduce(items, fails);
        expect(await fails(kept)).to.equal(true);
        for (const index of kept.keys()) {
          expect(await fails(kept.filter((_item, at) => at !== index))).to.equal(false);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("keeps nothing if nothing is needed", async () => {
    expect(await reduce([1, 2, 3], async () => true)).to.deep.equal([]);
  });

  it("needs far fewer trials than there are pairs for one needed item among many", async () => {
    const items = Array.from({ length: 256 }, (_value, index) => index);
    let asked = 0;
    await reduce(items, async (sublist) => {
      asked += 1;
      return sublist.includes(131);
    });
    expect(asked).to.be.lessThan(40);
  });
});
