import { expect } from "chai";

import { BlockSpaceDemand, nextBaseFee } from "../../../src/market/block-space.js";

describe("the base fee", () => {
  // the vectors of go-ethereum's consensus/misc/eip1559 tests
  for (const [gasUsed, expected] of [
    [10_000_000n, 1_000_000_000n],
    [9_000_000n, 987_500_000n],
    [11_000_000n, 1_012_500_000n],
  ] as const) {
    it(`follows a block of ${String(gasUsed)} of 20,000,000 gas`, () => {
      expect(nextBaseFee(1_000_000_000n, gasUsed, 20_000_000n)).to.equal(expected);
    });
  }

  it("moves by at most one eighth, and by at least one wei if it rises", () => {
    expect(nextBaseFee(800n, 20_000_000n, 20_000_000n)).to.equal(900n);
    expect(nextBaseFee(800n, 0n, 20_000_000n)).to.equal(700n);
    expect(nextBaseFee(7n, 11_000_000n, 20_000_000n)).to.equal(8n);
  });
});

describe("the demand for block space", () => {
  const gwei = 10n ** 9n;

  it("fills a block to its target at the calm price, so that the base fee does not move", () => {
    const calm = new BlockSpaceDemand(20n * gwei, 30_000_000n, 1);
    expect(calm.gasAt(20n * gwei)).to.equal(15_000_000n);
    expect(nextBaseFee(20n * gwei, calm.gasAt(20n * gwei), 30_000_000n)).to.equal(20n * gwei);
  });

  it("settles at a base fee twenty times as high if demand is twenty times as high", () => {
    const crowd = new BlockSpaceDemand(20n * gwei, 30_000_000n, 20);
    let baseFee = 20n * gwei;
    for (let block = 0; block < 300; block++) baseFee = nextBaseFee(baseFee, crowd.gasAt(baseFee), 30_000_000n);
    // a settled base fee moves by no more than the rounding of a block's gas
    expect(Number(baseFee) / 1e9).to.be.closeTo(400, 1e-3);
  });

  it("leaves a transaction exactly the room that it needs at the clearing price", () => {
    const crowd = new BlockSpaceDemand(20n * gwei, 30_000_000n, 20);
    const price = crowd.clearingPrice(20n * gwei, 2_000_000n);
    expect(30_000_000n - crowd.gasAt(price) >= 2_000_000n).to.equal(true);
    expect(30_000_000n - crowd.gasAt(price - 10n ** 6n) < 2_000_000n).to.equal(true);
  });

  it("clears at the base fee if blocks are not full", () => {
    expect(new BlockSpaceDemand(20n * gwei, 30_000_000n, 1).clearingPrice(20n * gwei, 2_000_000n)).to.equal(20n * gwei);
  });
});
