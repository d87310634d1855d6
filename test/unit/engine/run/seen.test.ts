import type { Hex } from "viem";

import type { Log } from "../../../../src/engine/chain/transaction.js";

import { expect } from "chai";
import { numberToHex, pad, parseAbi, parseAbiItem, toEventSelector } from "viem";

import { seenAfter } from "../../../../src/engine/run/seen.js";
import { NOTHING_SEEN } from "../../../../src/engine/world/known.js";
import { eventFields } from "../../../../src/target/event-fields.js";

const VAULT = "0x00000000000000000000000000000000000000AA";
const USER = "0x1234567890123456789012345678901234567890";
const HASH = `0x${"5e".repeat(32)}` as const;
const word = (value: bigint) => numberToHex(value, { size: 32 });

const unnamed = (one: Hex) => ({ name: "", word: one });

function logOf(topics: Log["topics"], ...data: readonly bigint[]): Log {
  const words = data.map((value) => word(value).slice(2)).join("");
  // a node's logs have more fields, which nobody reads here
  return { address: VAULT, topics: [HASH.replace("5e", "ee") as typeof HASH, ...topics], data: `0x${words}` };
}

describe("what is seen in events", () => {
  it("is sorted by size into numbers, addresses and words; the name of the event is none of them", () => {
    const seen = seenAfter(NOTHING_SEEN, { logs: [logOf([pad(USER), word(3n)], 10n ** 18n, BigInt(HASH))] });
    expect(seen).to.deep.equal({
      numbers: [10n ** 18n, 3n],
      addresses: [USER, VAULT.toLowerCase()],
      words: [HASH],
      large: [],
      told: [],
      payloads: [],
      used: {},
      owned: {},
    });
  });

  it("is remembered, the latest first, each once", () => {
    const before = seenAfter(NOTHING_SEEN, { logs: [logOf([], 1n, 2n)] });
    expect(before.numbers).to.deep.equal([2n, 1n]);
    expect(seenAfter(before, { logs: [logOf([], 3n), logOf([], 1n)] }).numbers).to.deep.equal([1n, 3n, 2n]);
    expect(seenAfter(before, { logs: [] })).to.equal(before);
  });

  it("comes before what calls returned, which is no event", () => {
    const seen = seenAfter(NOTHING_SEEN, { logs: [logOf([], 1n)], returned: [word(7n), pad(USER)].map(unnamed) });
    expect(seen.numbers).to.deep.equal([7n, 1n]);
    expect(seen.addresses).to.deep.equal([USER, VAULT.toLowerCase()]);
    expect(seenAfter(NOTHING_SEEN, { logs: [], returned: [word(7n)].map(unnamed) }).numbers).to.deep.equal([7n]);
  });

  it("keeps what is too large for an amount by its name, of events and of what calls returned", () => {
    const id = 2n ** 200n;
    const abi = parseAbi(["event Opened(uint256 id, uint256 size)", "event Approved(uint256 value, bytes32 role)"]);
    const fields = eventFields([abi]);
    const [opened, approved] = abi;
    const logs = [
      { ...logOf([], id, 5n), topics: [toEventSelector(opened)] },
      { ...logOf([], 2n ** 256n - 1n, BigInt(HASH)), topics: [toEventSelector(approved)] },
    ];
    const returned = [{ name: "positionIds", word: word(id + 1n) }, unnamed(word(id + 2n))];
    const seen = seenAfter(NOTHING_SEEN, { logs, returned, fields });
    expect(seen.told).to.deep.equal([
      { words: ["position", "id"], numbers: [id + 1n] },
      { words: ["role"], numbers: [BigInt(HASH)] },
      { words: ["id"], numbers: [id] },
    ]);
    const many = Array.from({ length: 40 }, (_value, at) => ({
      name: `name${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + Math.floor(at / 26))}`,
      word: word(id),
    }));
    expect(seenAfter(seen, { logs: [], returned: many }).told).to.have.lengthOf(24);
  });

  it("is a number as well as an address where few addresses look like that", () => {
    const root = 79_228_162_514_264_337_593_543_950_336n * 2n ** 20n;
    const { large, addresses } = seenAfter(NOTHING_SEEN, { logs: [logOf([], root, BigInt(USER), 7n)] });
    expect(large).to.deep.equal([root]);
    expect(addresses).to.include(USER);
  });

  it("keeps what parameters were in calls that succeeded, by their names", () => {
    const item = parseAbiItem("function write(uint256 strikeId, uint256[] _Sizes, int8 side, address to)");
    const first = seenAfter(NOTHING_SEEN, {
      logs: [],
      calls: [{ function: item, args: [4n, [10n, 20n], -1, USER] }],
    });
    expect(first.used).to.deep.equal({ strikeid: [4n], size: [10n, 20n], side: [] });
    const again = { function: item, args: [3n, [20n], 1, USER] };
    const { used } = seenAfter(first, { logs: [], calls: Array.from({ length: 20 }, () => again) });
    expect(used).to.deep.equal({ strikeid: [3n, 4n], size: [20n, 10n], side: [1n] });
  });

  it("is an account's own if its calls named it or told of it: ids only, the earliest first", () => {
    const abi = parseAbi(["event Opened(address owner, uint256 positionId, uint256 size)"]);
    const fields = eventFields([abi]);
    const opened = (id: bigint): Log => ({ ...logOf([], BigInt(USER), id, 5n), topics: [toEventSelector(abi[0])] });
    const open = { function: parseAbiItem("function open(uint256 size)"), args: [5n], by: USER } as const;
    const move = {
      function: parseAbiItem("function move(uint256 from, uint256 to, uint256 size)"),
      args: [7n, 9n, 1n],
    };
    const first = seenAfter(NOTHING_SEEN, { logs: [], fields, calls: [{ ...open, logs: [opened(7n)] }] });
    expect(first.owned).to.deep.equal({ [USER]: [7n] });
    const then = seenAfter(first, {
      logs: [],
      fields,
      calls: [{ ...open, logs: [opened(8n)] }, { ...move, by: USER }, move],
    });
    expect(then.owned).to.deep.equal({ [USER]: [7n, 8n, 9n] });
    const many = Array.from({ length: 100 }, (_one, index) => ({ ...open, logs: [opened(BigInt(index))] }));
    expect(seenAfter(then, { logs: [], fields, calls: many }).owned[USER]).to.deep.equal([
      7n,
      8n,
      9n,
      0n,
      1n,
      2n,
      3n,
      4n,
    ]);
  });

  it("is bounded: eight words of an event, and 24 of a kind", () => {
    const long = logOf([], ...Array.from({ length: 100_000 }, (_value, index) => BigInt(index)));
    expect(seenAfter(NOTHING_SEEN, { logs: [long] }).numbers).to.deep.equal([7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n]);
    const many = Array.from({ length: 100 }, (_value, index) => logOf([], BigInt(index)));
    const { numbers } = seenAfter(seenAfter(NOTHING_SEEN, { logs: many }), { logs: [logOf([], 7_777n)] });
    expect(numbers).to.have.length(24);
    expect(numbers.slice(0, 2)).to.deep.equal([7_777n, 99n]);
  });

  it("may be anything: anonymous events, and data that is no multiple of a word", () => {
    const odd = { ...logOf([], 5n), topics: [], data: `0x${"00".repeat(31)}0501` } as Log;
    expect(seenAfter(NOTHING_SEEN, { logs: [odd] }).numbers).to.deep.equal([5n]);
  });
});
