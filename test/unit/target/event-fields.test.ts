import type { AbiEvent, Hex } from "viem";

import { expect } from "chai";
import { encodeAbiParameters, encodeEventTopics, numberToHex, parseAbi } from "viem";

import { eventFields, toldBy } from "../../../src/target/event-fields.js";

const HASH = `0x${"5e".repeat(32)}` as const;
const USER = "0x1234567890123456789012345678901234567890";
const word = (value: bigint): Hex => numberToHex(value, { size: 32 });

const abi = parseAbi([
  "struct Pair { uint128 low; address high; }",
  "event Opened(uint256 indexed id, address owner, Pair[2] pairs, bytes32 key, uint160 sqrtPriceX96)",
  "event Said(string text, bytes payload, uint256 count)",
  "event Named(bytes indexed payload, uint256)",
]);
const [opened, said] = abi as unknown as readonly [AbiEvent, AbiEvent, AbiEvent];
const fields = eventFields([abi]);

const logOf = (item: AbiEvent, data: Hex, args: Readonly<Record<string, unknown>> = {}) => ({
  topics: encodeEventTopics({ abi: [item], args } as never) as readonly Hex[],
  data,
});

describe("what events tell by name", () => {
  it("are numbers and words, indexed or behind structs and lists", () => {
    const pair = { low: 1n, high: USER };
    const data = encodeAbiParameters(opened.inputs.slice(1) as never, [USER, [pair, pair], HASH, 2n ** 100n] as never);
    expect(toldBy([logOf(opened, data, { id: 2n ** 200n })], fields).named).to.deep.equal([
      { name: "id", word: word(2n ** 200n), isId: true },
      { name: "key", word: HASH, isId: true },
      { name: "sqrtPriceX96", word: word(2n ** 100n), isId: false },
    ]);
  });

  it("are byte strings longer than a word, and no longer than two kilobytes", () => {
    const dataOf = (payload: Hex): Hex => encodeAbiParameters(said.inputs as never, ["a text", payload, 7n] as never);
    const payload = `0x${"ab".repeat(100)}` as const;
    const told = toldBy([logOf(said, dataOf(payload))], fields);
    expect(told).to.deep.equal({ named: [{ name: "count", word: word(7n), isId: true }], payloads: [payload] });
    for (const length of [0, 32, 2_049]) {
      expect(toldBy([logOf(said, dataOf(`0x${"ab".repeat(length)}`))], fields).payloads).to.deep.equal([]);
    }
  });

  it("is nothing of events that nobody declares, of data that is cut off, and of places that are nowhere", () => {
    const data = encodeAbiParameters(said.inputs as never, ["a text", `0x${"ab".repeat(100)}`, 7n] as never);
    const log = logOf(said, data);
    expect(toldBy([log], new Map()).payloads).to.deep.equal([]);
    expect(toldBy([{ ...log, data: "0x" }], fields)).to.deep.equal({ named: [], payloads: [] });
    expect(toldBy([{ ...log, data: data.slice(0, 400) as Hex }], fields).payloads).to.deep.equal([]);
    expect(toldBy([{ ...log, data: `0x${"ff".repeat(96)}` }], fields).payloads).to.deep.equal([]);
    // with more topics than were declared it is another event
    expect(toldBy([{ ...log, topics: [...log.topics, HASH] }], fields).named).to.deep.equal([]);
  });
});
