import type { Log } from "../../../../src/engine/chain/transaction.js";

import { expect } from "chai";
import { numberToHex, pad } from "viem";

import { seenAfter } from "../../../../src/engine/run/seen.js";
import { NOTHING_SEEN } from "../../../../src/engine/world/known.js";

const VAULT = "0x00000000000000000000000000000000000000AA";
const USER = "0x1234567890123456789012345678901234567890";
const HASH = `0x${"5e".repeat(32)}` as const;
const word = (value: bigint) => numberToHex(value, { size: 32 });

function logOf(topics: Log["topics"], ...data: readonly bigint[]): Log {
  const words = data.map((value) => word(value).slice(2)).join("");
  // a node's logs have more fields, which nobody reads here
  return { address: VAULT, topics: [HASH.replace("5e", "ee") as typeof HASH, ...topics], data: `0x${words}` };
}

describe("what is seen in events", () => {
  it("is sorted by size into numbers, addresses and words; the name of the event is none of them", () => {
    const seen = seenAfter(NOTHING_SEEN, [logOf([pad(USER), word(3n)], 10n ** 18n, BigInt(HASH))]);
    expect(seen).to.deep.equal({
      numbers: [10n ** 18n, 3n],
      addresses: [USER, VAULT.toLowerCase()],
      words: [HASH],
    });
  });

  it("is remembered, the latest first, each once", () => {
    const before = seenAfter(NOTHING_SEEN, [logOf([], 1n, 2n)]);
    expect(before.numbers).to.deep.equal([2n, 1n]);
    expect(seenAfter(before, [logOf([], 3n), logOf([], 1n)]).numbers).to.deep.equal([1n, 3n, 2n]);
    expect(seenAfter(before, [])).to.equal(before);
  });

  it("comes before what calls returned, which is no event", () => {
    const seen = seenAfter(NOTHING_SEEN, [logOf([], 1n)], [word(7n), pad(USER)]);
    expect(seen.numbers).to.deep.equal([7n, 1n]);
    expect(seen.addresses).to.deep.equal([USER, VAULT.toLowerCase()]);
    expect(seenAfter(NOTHING_SEEN, [], [word(7n)]).numbers).to.deep.equal([7n]);
  });

  it("is bounded: eight words of an event, and 24 of a kind", () => {
    const long = logOf([], ...Array.from({ length: 100_000 }, (_value, index) => BigInt(index)));
    expect(seenAfter(NOTHING_SEEN, [long]).numbers).to.deep.equal([7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n]);
    const many = Array.from({ length: 100 }, (_value, index) => logOf([], BigInt(index)));
    const { numbers } = seenAfter(seenAfter(NOTHING_SEEN, many), [logOf([], 7_777n)]);
    expect(numbers).to.have.length(24);
    expect(numbers.slice(0, 2)).to.deep.equal([7_777n, 99n]);
  });

  it("may be anything: anonymous events, and data that is no multiple of a word", () => {
    const odd = { ...logOf([], 5n), topics: [], data: `0x${"00".repeat(31)}0501` } as Log;
    expect(seenAfter(NOTHING_SEEN, [odd]).numbers).to.deep.equal([5n]);
  });
});
