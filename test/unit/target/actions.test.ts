import type { Address } from "viem";

import type { Action, ActionContext } from "../../../src/protocols/action.js";
import type { Token } from "../../../src/protocols/token.js";

import { expect } from "chai";
import * as fc from "fast-check";
import { encodeFunctionData, parseAbi, toFunctionSelector, zeroAddress } from "viem";

import { createRandom } from "../../../src/market/random.js";
import { encodeCall } from "../../../src/protocols/call.js";
import { NOTHING_KNOWN } from "../../../src/protocols/known-values.js";
import { targetActions } from "../../../src/target/actions.js";

const target: Address = "0x00000000000000000000000000000000000000aa";
const self: Address = "0x00000000000000000000000000000000000000bb";
const usdc: Token = {
  address: "0x00000000000000000000000000000000000000cc",
  symbol: "USDC",
  decimals: 6,
  asset: "USDC",
};

const abi = parseAbi([
  "function deposit(uint256 amount)",
  "function liquidate(address user, uint128 amount, bool all)",
  "function batch((address to, int8 kind, uint256[] amounts)[] items, bytes32 salt, bytes data, string note)",
  "function fixedList(uint64[3] values, address[2] accounts) payable",
  "function withdraw(uint256 amount)",
  "function withdraw(uint256 amount, address to)",
  "function adjust(int256 change)",
  "function approve(address spender, uint256 amount)",
  "function totalAssets() view returns (uint256)",
]);

// in the specification, and in no compiler
const fixed = { type: "function", stateMutability: "nonpayable", outputs: [] } as const;
const unencodable = [
  { ...fixed, name: "rate", inputs: [{ name: "value", type: "fixed128x18" }] },
  {
    ...fixed,
    name: "rates",
    inputs: [
      {
        name: "values",
        type: "tuple[]",
        components: [
          { name: "at", type: "uint256" },
          { name: "rates", type: "ufixed[]" },
        ],
      },
    ],
  },
];

const context: ActionContext<unknown> = {
  view: undefined,
  self,
  balance: (_token, account = self) => (account === self ? 1_000n : 7_000n),
  accounts: new Map([
    ["self", self],
    ["alice", "0x00000000000000000000000000000000000000dd"],
  ]),
  contracts: new Map(),
};

/** With one coin of its own. */
const rich: ActionContext<unknown> = {
  ...context,
  known: {
    ...NOTHING_KNOWN,
    native: (account) => (account === self ? 10n ** 18n : 0n),
    gasMoney: () => 5n * 10n ** 17n,
  },
};

describe("targetActions", () => {
  const { actions, skipped } = targetActions({ name: "Vault", address: target, abi: [...abi, ...unencodable] }, [usdc]);

  it("lists what it does not call, and why", () => {
    expect(skipped).to.deep.equal([
      { function: "rate(fixed128x18)", because: 'values of type "fixed128x18" cannot be encoded' },
      { function: "rates((uint256,ufixed[])[])", because: 'values of type "ufixed[]" cannot be encoded' },
    ]);
  });

  it("tells overloads with structs apart", () => {
    const structs = parseAbi([
      "struct A { uint256 x; address y; }",
      "struct B { uint256 x; bool y; }",
      "function open(A p)",
      "function open(B p)",
      "function open(B[] p)",
    ]);
    expect(
      targetActions({ name: "Book", address: target, abi: structs }, []).actions.map(({ name }) => name),
    ).to.deep.equal(["open((uint256,address))", "open((uint256,bool))", "open((uint256,bool)[])"]);
  });

  it("calls functions that take a function: an address and a selector", () => {
    const callback = { type: "function", name: "register", stateMutability: "nonpayable", outputs: [] } as const;
    const inputs = [
      { name: "one", type: "function" },
      { name: "many", type: "function[2]" },
      { name: "within", type: "tuple", components: [{ name: "then", type: "function" }] },
    ];
    const [register] = targetActions({ name: "Book", address: target, abi: [{ ...callback, inputs }] }, []).actions;
    const data = encodeCall(register!.build([0, 0, 0, 0, 0, 0], context)!);
    expect(data.slice(0, 10)).to.equal(toFunctionSelector("register(function,function[2],(function))"));
    const words = data.slice(10).match(/.{64}/g) ?? [];
    expect(words).to.have.lengthOf(4);
    const known = [self, target, zeroAddress, ...context.accounts.values()].map((address) => address.slice(2));
    for (const word of words) {
      expect(known).to.include(word.slice(0, 40));
      expect(word.slice(40)).to.equal("0".repeat(24));
    }
  });

  it("offers every state-changing function, those for allowances among them, and distinguishes overloads", () => {
    expect(actions.map(({ name }) => name)).to.deep.equal([
      "deposit",
      "liquidate",
      "batch",
      "fixedList",
      "withdraw(uint256)",
      "withdraw(uint256,address)",
      "adjust",
      "approve",
    ]);
    expect(actions.filter(({ ordinary }) => ordinary).map(({ name }) => name)).to.deep.equal([
      "deposit",
      "withdraw(uint256)",
      "withdraw(uint256,address)",
    ]);
  });

  it("calls seldom what only moves tokens, not what moves something between accounts by number", () => {
    const names = ["transfer(address to, uint256 amount)", "approve(address spender, uint256 amount)"];
    const own = ["transfer(uint256 from, uint256 to, uint256 amount)", "permit(uint256 id, address operator)"];
    const { actions } = targetActions(
      { name: "Book", address: target, abi: parseAbi([...names, ...own].map((item) => `function ${item}`)) },
      [],
    );
    const seldom = actions.flatMap(({ name, seldom, gives }) => (seldom === true && gives !== true ? [name] : []));
    expect(seldom).to.deep.equal(["transfer(address,uint256)", "approve"]);
  });

  it("calls what has no function: a plain transfer, and a selector that nobody has", () => {
    const named = (...items: readonly string[]) =>
      targetActions({ name: "Door", address: target, abi: parseAbi(items as never) }, []).actions;
    const sent = (action: Action<unknown>, first?: number) => {
      const random = createRandom(1);
      const drawn = Array.from({ length: 60 }, () =>
        Array.from({ length: action.operands }, () => random.integer(0, 1_000_000)),
      );
      const calls = drawn.map((operands) => action.build([first ?? operands[0]!, ...operands.slice(1)], rich)!);
      const data = new Set(calls.map((made) => encodeCall(made)));
      const ways = new Set(calls.map(({ open }) => open?.way.join()));
      const most = calls.reduce((largest, { value = 0n }) => (value > largest ? value : largest), 0n);
      return { data: [...data], ways: [...ways].toSorted(), most };
    };
    // coin as it is known, as a share of what the sender has, or as much as is accepted
    const payable = { ways: ["", undefined], most: 50n * 10n ** 16n };
    const [receive, ...others] = named("receive() external payable");
    expect(others).to.deep.equal([]);
    expect(receive?.name).to.equal("receive");
    expect(sent(receive!)).to.deep.equal({ data: ["0x"], ...payable });
    const [open] = named("fallback() external payable");
    expect(sent(open!, 0)).to.deep.equal({ data: ["0x"], ...payable });
    expect(sent(open!, 999_999)).to.deep.equal({ data: ["0x12bd2b07"], ...payable });
    // with receive(), calldata is what makes a difference; without `payable`, it takes nothing
    const [, closed] = named("receive() external payable", "fallback() external");
    expect(sent(closed!)).to.deep.equal({ data: ["0x12bd2b07"], ways: [undefined], most: 0n });
    const [own, plain] = named("function receive()", "receive() external payable");
    expect([own?.name, plain?.name]).to.deep.equal(["receive", "receive()"]);
  });

  it("makes valid arguments for every function from any operands", () => {
    const operands = fc.array(fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(0, 1_000_000)), {
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(operands, (values) => {
        for (const action of actions) {
          const made = action.build(values.slice(0, action.operands), context);
          expect(made?.to).to.equal(target);
          if (made === undefined) throw new Error("a target's function can always be called");
          // throws for an argument that does not fit its type
          encodeFunctionData({ abi: [made.function], functionName: made.function.name, args: made.args });
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
