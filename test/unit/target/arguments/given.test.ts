import type { AbiFunction } from "viem";

import type { ActionContext } from "../../../../src/protocols/action.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { encodeCall } from "../../../../src/protocols/call.js";
import { faultInGiven, givenCall } from "../../../../src/target/arguments/given.js";
import { NO_THINGS } from "../../../../src/target/arguments/things.js";

const TARGET = "0x00000000000000000000000000000000000000aa";
const ALICE = "0x00000000000000000000000000000000000000a1";

const [pay, open, mix, sell] = parseAbi([
  "function pay(address to, uint256 amount) payable",
  "function open((uint8 side, uint128 size)[] legs, bytes32 id, bool isShort)",
  "function mix(int64 change, uint40 time, bytes data, string note, address[2] pair)",
  "function sell(uint128 amount, uint256 least)",
]) as unknown as readonly [AbiFunction, AbiFunction, AbiFunction, AbiFunction];

const named = (name: string): `0x${string}` | undefined => (name === "alice" ? ALICE : undefined);

const context: ActionContext<unknown> = {
  view: undefined,
  self: ALICE,
  balance: () => 500n,
  accounts: new Map([["alice", ALICE]]),
  contracts: new Map(),
};

const around = { target: TARGET, tokens: [], things: NO_THINGS, functions: [] } as const;

describe("given arguments", () => {
  it("are those of the call, encodable as they stand", () => {
    const paid = givenCall(pay, { args: ["@alice", "12"], value: "7" }, around, context);
    expect(paid).to.deep.equal({ to: TARGET, function: pay, args: [ALICE, 12n], value: 7n });
    const opened = givenCall(
      open,
      { args: [[{ side: 1, size: "5" }, [2, "6"]], `0x${"ab".repeat(32)}`, true] },
      around,
      context,
    );
    expect(opened?.args[0]).to.deep.equal([
      { side: 1, size: 5n },
      { side: 2, size: 6n },
    ]);
    const mixed = givenCall(mix, { args: ["-5", 9, "0x", "hi", [ALICE, "@alice"]] }, around, context);
    expect(mixed?.args).to.deep.equal([-5n, 9, "0x", "hi", [ALICE, ALICE]]);
    for (const call of [paid, opened, mixed]) expect(encodeCall(call!)).to.match(/^0x[\da-f]+$/);
  });

  it("may leave amounts to the state: the largest, the least, a share", () => {
    const sold = givenCall(sell, { args: ["99.5 %", "least"] }, around, context);
    expect(sold?.open).to.deep.include({ way: [1], seeks: "least", share: 1_000_000, isValue: false });
    expect(sold?.open?.next).to.deep.include({ way: [0], seeks: "most", share: 995_000 });
    const all = givenCall(pay, { args: [ALICE, "1"], value: "most" }, around, context);
    expect(all?.open).to.deep.include({ way: [], seeks: "most" });
  });

  const wrong: readonly (readonly [string, AbiFunction, Parameters<typeof givenCall>[1]])[] = [
    ["too many", pay, { args: [ALICE, 1, 2] }],
    ["nobody's name", pay, { args: ["@bob", 1] }],
    ["an address of another length", pay, { args: ["0x01", 1] }],
    ["a negative amount", pay, { args: [ALICE, -1] }],
    ["what is no number", pay, { args: [ALICE, "1e18"] }],
    ["an unsafe number", pay, { args: [ALICE, 2 ** 60] }],
    ["more than a type holds", sell, { args: [String(2n ** 128n), 0] }],
    ["coin for a function that takes none", sell, { args: [1, 1], value: "1" }],
    ["half of a tuple", open, { args: [[{ side: 1 }], `0x${"00".repeat(32)}`, true] }],
    ["a tuple with a further field", open, { args: [[{ side: 1, size: 1, x: 1 }], `0x${"00".repeat(32)}`, true] }],
    ["a word of another length", open, { args: [[], "0x00", true] }],
    ["a number for a flag", open, { args: [[], `0x${"00".repeat(32)}`, 1] }],
    ["a share of a signed number", mix, { args: ["most", 1, "0x", "", [ALICE, ALICE]] }],
    ["a list of another length", mix, { args: [1, 1, "0x", "", [ALICE]] }],
    ["half a byte", mix, { args: [1, 1, "0x0", "", [ALICE, ALICE]] }],
    ["a long text", mix, { args: [1, 1, "0x", "x".repeat(30_000), [ALICE, ALICE]] }],
    ["nothing", pay, { args: [undefined, null] }],
  ];
  for (const [what, item, given] of wrong) {
    it(`are refused: ${what}`, () => {
      expect(faultInGiven(item, given, named)).to.be.a("string");
      expect(givenCall(item, given, around, context)).to.equal(undefined);
    });
  }
});
