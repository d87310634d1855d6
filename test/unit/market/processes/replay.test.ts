import { expect } from "chai";

import { fromCsv, replay } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { factorsOf } from "../../../helpers/estimates.js";
import { hasRecordedPrices, recordedPrices } from "../../../helpers/recorded-prices.js";

const HISTORY = { prices: [100, 80, 120, 60], times: [1_000, 1_060, 1_120, 1_300], spacing: 60, gaps: "keep" } as const;

describe("replay", () => {
  const pathOf = (process: ReturnType<typeof replay>, blocks: number, blockTime: number): readonly number[] =>
    factorsOf(process, { blocks, blockTime, paths: 1 })[0]!;

  it("is at each price of the history at its time, over a gap, too, and stays at the last", () => {
    const path = pathOf(replay({ history: HISTORY }), 8, 60);
    for (const [block, factor] of [
      [1, 0.8],
      [2, 1.2],
      [5, 0.6],
      [8, 0.6],
    ] as const) {
      expect(path[block - 1], `block ${block}`).to.be.closeTo(factor, 1e-6);
    }
  });

  it("moves evenly between two prices, by the same factor in each block, however small", () => {
    const history = { prices: [100, 100.02, 80], spacing: 3_600 };
    const path = pathOf(replay({ history }), 600, 12);
    // 0.7 parts per million a block, which no single block could show
    expect(path[149]).to.be.closeTo(1.0001, 1e-6);
    expect(path[299]).to.be.closeTo(1.0002, 1e-6);
    expect(path[449]).to.be.closeTo(Math.sqrt(1.0002 * 0.8), 1e-6);
    expect(path[599]).to.be.closeTo(0.8, 1e-6);
  });

  it("stays until the next price with steps", () => {
    const path = pathOf(replay({ history: HISTORY, between: "step" }), 10, 30);
    const expected = [1, 0.8, 0.8, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 0.6];
    for (const [index, factor] of path.entries()) expect(factor).to.be.closeTo(expected[index]!, 2e-6);
  });

  it("starts at any moment of the history, relative to its price then", () => {
    for (const from of [1_060, "1970-01-01T00:17:40Z"]) {
      const path = pathOf(replay({ history: HISTORY, from }), 1, 60);
      expect(path[0]).to.be.closeTo(1.5, 1e-6);
    }
    expect(pathOf(replay({ history: HISTORY, from: 1_090 }), 1, 30)[0]).to.be.closeTo(1.2 / Math.sqrt(0.96), 1e-6);
  });

  it("is the same in every run", () => {
    const [one, other] = factorsOf(replay({ history: HISTORY }), { blocks: 5, blockTime: 60, paths: 2 });
    expect(one).to.deep.equal(other);
  });

  it("refuses a history that is none, and a moment outside it", async () => {
    const prices = [100, 80, -1, 60];
    const error = await failsWith("INVALID_HISTORY", () => replay({ history: { ...HISTORY, prices } }));
    expect(error.message).to.include("row 3");
    for (const from of [999, 1_300, "yesterday", Number.NaN]) {
      await failsWith("INVALID_OPTION", () => replay({ history: HISTORY, from }));
    }
    await failsWith("INVALID_OPTION", () => replay({ history: HISTORY, between: "curve" as never }));
    await failsWith("INVALID_OPTION", () => replay({ history: HISTORY, speed: 2 } as never));
  });

  it("plays the 12th of March 2020: ether loses 43 % in 24 hours (needs ../shared/prices)", function () {
    if (!hasRecordedPrices()) this.skip();
    const history = fromCsv(recordedPrices("2020h1"), { time: "timestamp_ms", price: "close", gaps: "keep" });
    const path = pathOf(replay({ history, from: "2020-03-12T00:00:00Z" }), 24 * 6, 600);
    expect(path.at(-1)).to.be.closeTo(106.89 / 193.31, 1e-5);
    expect(Math.min(...path)).to.be.closeTo(106.89 / 193.31, 1e-5);
  });
});
