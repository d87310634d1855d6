import { expect } from "chai";

import { normalDensity, normalProbability } from "../../../src/numeric/normal.js";

describe("the normal distribution", () => {
  it("has the probabilities of its tables", () => {
    expect(normalProbability(0)).to.equal(0.5);
    // to 16 digits by mpmath
    for (const [x, probability] of [
      [0.5, 0.6914624612740131],
      [1, 0.8413447460685429],
      [1.959963984540054, 0.975],
      [-2.5, 0.006209665325776135],
      [-7, 1.279812543885835e-12],
    ] as const) {
      expect(normalProbability(x) / probability).to.be.closeTo(1, 1e-13);
    }
  });

  it("keeps its digits in the tail", () => {
    expect(normalProbability(-4)).to.be.closeTo(3.16712e-5, 5e-11);
    expect(normalProbability(-6)).to.be.closeTo(9.86588e-10, 5e-16);
    // to 16 digits by mpmath
    for (const [x, probability] of [
      [-2.9999, 0.001350341282954924],
      [-3.0001, 0.001349454913260718],
      [-7.0711, 7.685515795348351e-13],
      [-8, 6.220960574271784e-16],
      [-12, 1.776482112077679e-33],
    ] as const) {
      expect(normalProbability(x) / probability).to.be.closeTo(1, 1e-13);
    }
    expect(normalProbability(-40)).to.equal(0);
    expect(normalProbability(40)).to.equal(1);
    for (const far of [1e3, 1e5, 1e9, 1e300, Infinity]) {
      expect([normalProbability(-far), normalProbability(far)]).to.deep.equal([0, 1]);
    }
  });

  it("has its density as the slope", () => {
    for (const x of [-3, -0.3, 0, 1.7]) {
      const slope = (normalProbability(x + 1e-5) - normalProbability(x - 1e-5)) / 2e-5;
      expect(normalDensity(x)).to.be.closeTo(slope, 1e-9);
    }
  });
});
