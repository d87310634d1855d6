import { expect } from "chai";

import { evenHistory } from "../../../src/market/history/even-history.js";

describe("a history at even times", () => {
  const rounds = [
    { time: 100, price: 1 },
    { time: 105, price: 2 },
    { time: 120, price: 3 },
    { time: 151, price: 4 },
  ];

  it("has at each time the last price at or before it, up to the end", () => {
    expect(evenHistory(rounds, 10, 155)).to.deep.equal({
      prices: [1, 2, 3, 3, 3, 3],
      times: [100, 110, 120, 130, 140, 150],
      spacing: 10,
    });
    expect(evenHistory(rounds, 10, 160).prices.at(-1)).to.equal(4);
  });

  it("is empty without prices", () => {
    expect(evenHistory([], 10, 160)).to.deep.equal({ prices: [], times: [], spacing: 10 });
  });
});
