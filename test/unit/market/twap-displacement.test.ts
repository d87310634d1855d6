import { expect } from "chai";

import { oracleManipulator } from "../../../src/agents/oracle-manipulator.js";
import { spotFor } from "../../../src/market/twap-displacement.js";
import { failsWith } from "../../helpers/errors.js";

/** The mean of a window whose last blocks have the price that was found. */
function meanOf(mean: "arithmetic" | "geometric", target: number, window: number, held: number): number {
  const spot = spotFor({ target, window, held, mean })!;
  const prices = Array.from({ length: window }, (_nothing, block) => (block < window - held ? 1 : spot));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return mean === "arithmetic" ? sum(prices) / window : Math.exp(sum(prices.map(Math.log)) / window);
}

describe("the displacement of a spot price", () => {
  for (const mean of ["arithmetic", "geometric"] as const) {
    it(`brings an ${mean} mean to its target`, () => {
      for (const target of [0.8, 0.99, 1.01, 1.5]) {
        for (const [window, held] of [
          [10, 3],
          [30, 7],
          [5, 5],
          [1_800, 400],
        ] as const) {
          expect(meanOf(mean, target, window, held)).to.be.closeTo(target, 1e-12);
        }
      }
    });
  }

  it("is the target itself where the spot price is read, or the whole window is held", () => {
    for (const window of [0, 1, 5]) {
      expect(spotFor({ target: 1.3, window, held: 5, mean: "arithmetic" })).to.equal(1.3);
      expect(spotFor({ target: 1.3, window, held: 5, mean: "geometric" })).to.equal(1.3);
    }
  });

  it("is undefined if no price achieves it", async () => {
    expect(spotFor({ target: 0.5, window: 10, held: 4, mean: "arithmetic" })).to.equal(undefined);
    const short = { asset: "ETH", move: -0.5, window: 10, hold: 4 };
    await failsWith("INVALID_OPTION", () => oracleManipulator(short));
    expect(oracleManipulator({ ...short, mean: "geometric" }).role).to.equal("oracle manipulator");
    for (const wrong of [{ move: 0 }, { move: -1 }, { hold: 0 }, { reach: 2 }, { mean: "median" }, { moves: 1 }]) {
      await failsWith("INVALID_OPTION", () => oracleManipulator({ ...short, mean: "geometric", ...wrong } as never));
    }
  });
});
