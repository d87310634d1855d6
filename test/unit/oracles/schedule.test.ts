import { expect } from "chai";

import { nextPublication } from "../../../src/oracles/schedule.js";

const model = { asset: "ETH", latencyBlocks: 0, deviation: 0.005, heartbeat: 3_600 };
const at = { block: 2, timestamp: 24, last: { price: 2000, timestamp: 0 }, silent: false };

describe("nextPublication", () => {
  it("publishes a move that reaches the deviation threshold, and none below it", () => {
    expect(nextPublication({ ...at, model, fairPrices: [2000, 2000, 1990] })).to.equal(1990);
    expect(nextPublication({ ...at, model, fairPrices: [2000, 2000, 1991] })).to.equal(undefined);
  });

  it("publishes at the heartbeat, whether or not the price has moved", () => {
    expect(nextPublication({ ...at, timestamp: 3_600, model, fairPrices: [2000, 2000, 2000] })).to.equal(2000);
    expect(nextPublication({ ...at, timestamp: 3_599, model, fairPrices: [2000, 2000, 2000] })).to.equal(undefined);
  });

  it("publishes the price of the block that it sees", () => {
    const late = { ...model, latencyBlocks: 1 };
    expect(nextPublication({ ...at, model: late, fairPrices: [2000, 1500, 1000] })).to.equal(1500);
    expect(nextPublication({ ...at, block: 1, model: late, fairPrices: [2000, 1500] })).to.equal(undefined);
  });

  it("publishes nothing while silent, and catches up afterwards", () => {
    expect(nextPublication({ ...at, silent: true, model, fairPrices: [2000, 2000, 1000] })).to.equal(undefined);
    expect(nextPublication({ ...at, block: 3, model, fairPrices: [2000, 2000, 1000, 1000] })).to.equal(1000);
  });
});
