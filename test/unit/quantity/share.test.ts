import { expect } from "chai";

import { choose, fraction } from "../../../src/quantity/share.js";

describe("operands", () => {
  it("are shares of an amount, rounded down", () => {
    expect(fraction(0, 7n)).to.equal(0n);
    expect(fraction(500_000, 7n)).to.equal(3n);
    expect(fraction(999_999, 7n)).to.equal(6n);
    expect(fraction(1_000_000, 7n)).to.equal(7n);
    expect(fraction(1_000_000, 2n ** 256n - 1n)).to.equal(2n ** 256n - 1n);
  });

  it("choose each item of a list with equal probability, including the first and last", () => {
    const list = ["a", "b", "c"];
    expect([0, 333_333, 333_334, 666_667, 999_999, 1_000_000].map((ppm) => choose(ppm, list))).to.deep.equal([
      "a",
      "a",
      "b",
      "c",
      "c",
      "c",
    ]);
    expect(choose<string>(500_000, [])).to.equal(undefined);
  });
});
