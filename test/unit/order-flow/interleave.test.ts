import type { RecordedTransaction } from "../../../src/order-flow/recorded.js";

import { expect } from "chai";
import * as fc from "fast-check";
import { numberToHex, zeroAddress } from "viem";

import { interleaved } from "../../../src/order-flow/interleave.js";

function flowOf(tips: readonly bigint[]): readonly RecordedTransaction[] {
  return tips.map((tip, index) => ({
    hash: numberToHex(index, { size: 32 }),
    from: zeroAddress,
    data: "0x",
    value: 0n,
    gas: 21_000n,
    tip,
  }));
}

/** How many calls come before each recorded transaction. */
function behind(calls: readonly bigint[], flow: readonly bigint[]): readonly number[] {
  return interleaved(
    calls.map((tip) => ({ tip })),
    flowOf(flow),
  ).map((placed) => placed.behind);
}

const tips = fc.array(fc.bigInt({ min: 0n, max: 20n }), { maxLength: 8 });

describe("recorded transactions between calls", () => {
  it("come after the calls that pay more, and before the others", () => {
    expect(behind([9n, 5n, 1n], [10n, 7n, 5n, 2n, 0n])).to.deep.equal([0, 1, 1, 2, 3]);
  });

  it("keep their place if a later one paid more", () => {
    expect(behind([9n, 5n], [0n, 7n, 3n])).to.deep.equal([1, 1, 2]);
  });

  it("keep their order, and rank with the best-paying one after them", () => {
    fc.assert(
      fc.property(tips, tips, (unsorted, flow) => {
        const calls = unsorted.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0));
        const places = behind(calls, flow);
        expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
        for (const [index, place] of places.entries()) {
          const rank = flow.slice(index).reduce((most, tip) => (tip > most ? tip : most), 0n);
          expect(place).to.equal(calls.filter((tip) => tip > rank).length);
        }
      }),
    );
  });
});
