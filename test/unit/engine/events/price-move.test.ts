import type { MarketStep } from "../../../../src/engine/events/price-move.js";

import { expect } from "chai";

import { isPaced } from "../../../../src/engine/events/price-move.js";
import { bleed, shock } from "../../../../src/market/index.js";

const assets = new Map([
  // a tenth over two blocks: 5.13 % per block
  ["SLOW", { price: 1, process: bleed({ drop: 0.1, over: 2 }) }],
  ["FAST", { price: 1, process: shock({ drop: 0.1 }) }],
  ["STILL", { price: 1 }],
]);

const fall = (block: number, asset: string, change: number): MarketStep => ({ kind: "market", block, asset, change });

const paced = (...steps: readonly MarketStep[]): boolean => isPaced({ assets }, steps);

describe("isPaced", () => {
  it("lets a price move as fast as its process allows, block by block", () => {
    expect(paced(fall(1, "SLOW", -51_316), fall(2, "SLOW", -51_316))).to.equal(true);
    expect(paced(fall(1, "SLOW", -51_320))).to.equal(false);
  });

  it("adds up the moves within a block, for each price separately", () => {
    expect(paced(fall(1, "SLOW", -30_000), fall(1, "SLOW", -30_000))).to.equal(false);
    expect(paced(fall(1, "SLOW", -30_000), fall(2, "SLOW", -30_000))).to.equal(true);
    expect(paced(fall(1, "SLOW", -30_000), fall(1, "FAST", -30_000))).to.equal(true);
  });

  it("imposes no limit if the process has no pace, or there is no process", () => {
    expect(paced(fall(1, "FAST", -900_000), fall(1, "STILL", -900_000), fall(1, "GONE", -900_000))).to.equal(true);
  });
});
