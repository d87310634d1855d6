import { expect } from "chai";
import fc from "fast-check";

import { binned } from "../../../../src/report/figures/bins.js";

describe("the bins of a histogram", () => {
  it("have each number once, within its bin, and touch each other", () => {
    const numbers = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(numbers, (values) => {
        const bins = binned(values);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).to.equal(values.length);
        expect(bins.length).to.be.at.most(25);
        expect(bins[0]!.count).to.be.above(0);
        expect(bins.at(-1)!.count).to.be.above(0);
        for (const [index, { to }] of bins.entries())
          if (index + 1 < bins.length) expect(bins[index + 1]!.from).to.equal(to);
      }),
    );
  });

  it("are round, and one if all numbers are the same", () => {
    expect(binned([3, 7, 12, 18])).to.deep.equal([
      { from: 0, to: 10, count: 2 },
      { from: 10, to: 20, count: 2 },
    ]);
    expect(binned([7, 7, 7])).to.deep.equal(
      [
        { from: 0, to: 10, count: 0 },
        { from: 0, to: 10, count: 3 },
      ].slice(1),
    );
    expect(binned([0])).to.deep.equal([{ from: 0, to: 1, count: 1 }]);
    expect(binned([])).to.deep.equal([]);
  });
});
