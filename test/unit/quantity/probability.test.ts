import { expect } from "chai";

import { formatProbability } from "../../../src/quantity/probability.js";

describe("a probability in words", () => {
  for (const [probability, rounded, text] of [
    [0, "down", "0 %"],
    [0.00735061, "up", "0.74 %"],
    [0.00735061, "down", "0.73 %"],
    [0.3215, "nearest", "32.2 %"],
    [0.301055, "down", "30.1 %"],
    [0.34247, "up", "34.3 %"],
    [0.011, "up", "1.1 %"],
    [0.05, "nearest", "5 %"],
    [3.69e-6, "up", "0.00037 %"],
    [0.99994, "up", "99.994 %"],
    [0.99993642, "down", "99.9936 %"],
    [0.99993642, "up", "99.9937 %"],
    [1, "up", "100 %"],
  ] as const) {
    it(`is ${text} for ${probability}, ${rounded === "nearest" ? "to the nearest" : `rounded ${rounded}`}`, () => {
      expect(formatProbability(probability, rounded)).to.equal(text);
    });
  }
});
