import { expect } from "chai";

import { nodesOn } from "../../../src/numeric/quadrature.js";

const integral = (of: (x: number) => number, from: number, to: number): number =>
  nodesOn(from, to).reduce((sum, { at, weight }) => sum + weight * of(at), 0);

describe("nodesOn", () => {
  it("integrates polynomials of degree 63 exactly, and not those of degree 64", () => {
    expect(integral((x) => x ** 62, -1, 1) * 63).to.be.closeTo(2, 1e-13);
    expect(integral((x) => 64 * x ** 63, 0, 1)).to.be.closeTo(1, 1e-13);
    expect(integral((x) => x ** 200, -1, 1) * 201).to.not.be.closeTo(2, 1e-4);
  });

  it("integrates two and a half waves to 14 digits", () => {
    expect(integral(Math.sin, 0, 5 * Math.PI)).to.be.closeTo(2, 1e-13);
  });
});
