import { expect } from "chai";

import { scaleOf } from "../../../../src/report/html/scale.js";

describe("the scale of a chart", () => {
  it("has all values on it, and a few round labels", () => {
    for (const values of [[2_000, 1_304], [0.818, 1.04], [-3.99, 4.43], [5], [0, 0], [1e-7, 3e-7], [12_345, 9e8]]) {
      const { at, ticks } = scaleOf(values);
      for (const value of values) {
        expect(at(value)).to.be.at.least(0);
        expect(at(value)).to.be.at.most(1);
      }
      expect(ticks.length).to.be.within(2, 8);
      for (const tick of ticks) expect(at(tick)).to.be.within(-1e-9, 1 + 1e-9);
    }
    expect(scaleOf([1_304, 2_000]).ticks).to.deep.equal([1_400, 1_600, 1_800, 2_000]);
  });

  it("is logarithmic where values differ by thousands of times", () => {
    const { at, ticks } = scaleOf([1, 2.3e9]);
    expect(ticks[0]).to.equal(1);
    expect(at(1e5)).to.be.closeTo(0.5, 1e-9);
  });

  it("begins at what it has to show", () => {
    expect(scaleOf([4_000, 3_600], [0]).at(0)).to.equal(0);
    expect(scaleOf([-200, -100], [0]).at(0)).to.equal(1);
  });
});
