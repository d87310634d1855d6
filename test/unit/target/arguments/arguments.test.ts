import type { AbiFunction, AbiParameter, Address, Hex } from "viem";

import type { ActionContext } from "../../../../src/protocols/action.js";
import type { KnownValues } from "../../../../src/protocols/known-values.js";
import type { OpenCall } from "../../../../src/protocols/open-amount.js";
import type { Token } from "../../../../src/protocols/token.js";

import { expect } from "chai";
import * as fc from "fast-check";
import { decodeAbiParameters, getAbiItem, parseAbi, parseAbiItem, toFunctionSelector, zeroAddress } from "viem";

import { createRandom } from "../../../../src/market/random.js";
import { encodeCall } from "../../../../src/protocols/call.js";
import { NOTHING_KNOWN } from "../../../../src/protocols/known-values.js";
import { callOf, operandsOf } from "../../../../src/target/arguments/arguments.js";
import { thingsOf } from "../../../../src/target/arguments/things.js";

const TARGET: Address = "0x00000000000000000000000000000000000000aa";
const ALICE: Address = "0x00000000000000000000000000000000000000b1";
const BOB: Address = "0x00000000000000000000000000000000000000b2";
const NAMED: Address = "0x00000000000000000000000000000000000000dd";
const DEPLOYED: Address = "0x00000000000000000000000000000000000000ee";
const HASH: Hex = `0x${"5e".repeat(32)}`;
const NOW = 1_800_000_000n;
/** Half of it for gas, and two million wei. */
const COIN = 4_000_000n;
const TOKEN: Token = {
  address: "0x00000000000000000000000000000000000000cc",
  symbol: "USDC",
  decimals: 6,
  asset: "USDC",
};

const known: KnownValues = {
  ...NOTHING_KNOWN,
  now: NOW,
  numbers: [123_456n],
  of: (account) => (account === ALICE ? [777_000n] : account === BOB ? [888_000n] : []),
  seen: [42n],
  prices: [2_000n * 10n ** 8n],
  constants: [8_700n],
  addresses: [NAMED],
  words: [HASH],
  texts: ["said before"],
  native: (account) => (account === TARGET ? 5_000n : COIN),
  gasMoney: () => COIN / 2n,
};

const context = (self: Address, more: Partial<ActionContext<unknown>> = {}): ActionContext<unknown> => ({
  view: undefined,
  self,
  balance: (_token, account = self) => (account === TARGET ? 70_000n : account === ALICE ? 1_000n : 0n),
  accounts: new Map([
    ["alice", ALICE],
    ["bob", BOB],
  ]),
  contracts: new Map(),
  known,
  ...more,
});

const THINGS = thingsOf(
  parseAbi([
    "function tickets(uint256) view returns (address owner, uint256 size)",
    "function balances(address) view returns (uint256)",
    "function convertToShares(uint256 assets) view returns (uint256)",
    "function open(uint256 amount) returns (uint256 deal, uint256 shares)",
  ]),
);

const poke = getAbiItem({ abi: parseAbi(["function poke(uint256 amount)"]), name: "poke" });

/** Many calls of a function. */
function callsOf(item: AbiFunction, around = context(ALICE), count = 600): readonly OpenCall[] {
  const random = createRandom(7);
  const surroundings = { target: TARGET, tokens: [TOKEN], things: THINGS, functions: [{ to: TARGET, item: poke }] };
  return Array.from({ length: count }, () =>
    callOf(
      item,
      Array.from({ length: operandsOf(item) }, () => random.integer(0, 1_000_000)),
      surroundings,
      around,
    ),
  );
}

const functionOf = (signature: string): AbiFunction => {
  const item = `function ${signature}`;
  // every signature here is a function's
  return parseAbiItem(item) as AbiFunction;
};
const firstOf = (calls: readonly OpenCall[]): readonly unknown[] => calls.map(({ args }) => args[0]);
const shareOf = <T>(list: readonly T[], holds: (one: T) => boolean): number => list.filter(holds).length / list.length;

describe("arguments of a call", () => {
  it("send the call of a function to the contract that has it, without coin if it takes none", () => {
    const vault: Address = "0x00000000000000000000000000000000000000a7";
    const drain = functionOf("drain(address receiver)");
    const around = {
      target: TARGET,
      tokens: [TOKEN],
      things: THINGS,
      functions: [],
      others: [{ to: vault, item: drain }],
    };
    const selector = toFunctionSelector(drain);
    const callsIn = (signature: string): readonly OpenCall[] => {
      const random = createRandom(3);
      const item = functionOf(signature);
      return Array.from({ length: 800 }, () => {
        const operands = Array.from({ length: operandsOf(item) }, () => random.integer(0, 1_000_000));
        return callOf(item, operands, around, context(ALICE));
      });
    };
    const isDrain = (data: unknown): boolean => String(data).startsWith(selector);
    const check = (made: readonly (readonly [target: unknown, value: unknown, data: unknown])[]): void => {
      const drains = made.filter(([, , data]) => isDrain(data));
      expect(drains).to.have.length.above(50);
      expect(shareOf(drains, ([target]) => target === vault)).to.be.above(0.75);
      expect(shareOf(drains, ([, value]) => value === 0n)).to.be.above(0.75);
      const others = made.filter(([, , data]) => !isDrain(data));
      expect(shareOf(others, ([target]) => target === vault)).to.be.below(0.1);
    };
    check(callsIn("queue(address target, uint128 value, bytes data)").map(({ args: [a, b, c] }) => [a, b, c]));
    const batch = callsIn("schedule(address[] targets, uint256[] values, bytes[] payloads, bytes32 salt)");
    check(
      batch.flatMap(({ args: [targets, values, payloads] }) =>
        (payloads as readonly unknown[]).map(
          (data, at) => [(targets as readonly unknown[])[at], (values as readonly unknown[])[at], data] as const,
        ),
      ),
    );
    const structs = callsIn("multicall((address to, bytes data, uint256 value)[] calls)");
    check(
      structs.flatMap(({ args: [calls] }) =>
        (calls as readonly { to: Address; data: Hex; value: bigint }[]).map(
          ({ to, value, data }) => [to, value, data] as const,
        ),
      ),
    );
  });

  it("are ids that are hashes, where events or calls told any", () => {
    const hash = BigInt(HASH);
    const told = context(ALICE, { known: { ...known, hashes: [hash] } });
    const ids = firstOf(callsOf(functionOf("fill(uint256 orderId)"), told));
    expect(shareOf(ids, (id) => id === hash)).to.be.within(0.2, 0.6);
    expect(firstOf(callsOf(functionOf("fill(uint256 orderId)")))).to.not.include(hash);
    // an amount is none
    expect(firstOf(callsOf(functionOf("pay(uint256 amount)"), told))).to.not.include(hash);
  });

  it("are what is known of an account that the call names, before or behind it, and now and then another's", () => {
    const three = new Map([...context(ALICE).accounts, ["carol", DEPLOYED]]);
    const of = (account: Address): readonly bigint[] =>
      account === BOB ? [888_000n] : account === DEPLOYED ? [999_000n] : known.of(account);
    const around = context(ALICE, { accounts: three, known: { ...known, of } });
    const near = (value: bigint, number: unknown): boolean =>
      (number as bigint) >= value / 2n && (number as bigint) <= 2n * value;
    for (const signature of [
      "liquidate(address user, uint256 amount)",
      "repay(uint256 amount, address onBehalfOf)",
      "close((address borrower, uint256 amount) position)",
      "closeAll(address[2] users, uint256[2] amounts)",
    ]) {
      const pairs = callsOf(functionOf(signature), around, 4_000).map(({ args }) => {
        const flat = args.flatMap((one) =>
          typeof one === "object" && one !== null ? (Object.values(one) as readonly unknown[]) : [one],
        );
        return flat.filter((one, at) => !Array.isArray(args[0]) || at % 2 === 0);
      });
      const amountsBeside = (account: Address): readonly unknown[] =>
        pairs.flatMap((pair) => (pair.includes(account) ? pair.filter((one) => typeof one === "bigint") : []));
      const [bobs, carols] = [BOB, DEPLOYED].map(amountsBeside);
      expect(
        shareOf(bobs!, (amount) => amount === 888_000n),
        signature,
      ).to.be.within(0.06, 0.25);
      expect(
        shareOf(carols!, (amount) => near(999_000n, amount)),
        signature,
      ).to.be.above(0.1);
      expect(bobs, signature).to.include(999_000n);
      // nobody's, where the call names the caller itself
      expect(amountsBeside(ALICE), signature).to.not.include(888_000n);
    }
    // whoever receives something need not have anything
    const sent = callsOf(functionOf("send(address receiver, uint256 amount)"), around, 4_000);
    expect(sent.map(({ args }) => args[1])).to.not.include(888_000n);
    // coin that is sent along pays the debt of whom the call names
    const ofTarget = callsOf(functionOf("repayFor(address user) payable"), around, 4_000);
    const paidForBob = ofTarget.filter(({ args }) => args[0] === BOB).map(({ value }) => value);
    expect(paidForBob).to.include(888_000n);
    const tried = callsOf(functionOf("liquidate(address user, uint256 amount)"), around, 2_000);
    const open = tried.filter(({ args, open: one }) => args[0] === BOB && one !== undefined);
    expect(shareOf(open, (one) => one.open?.amounts.includes(888_000n) === true)).to.be.above(0.9);
  });

  it("are large numbers that contracts call by the parameter's name, as numbers and as words", () => {
    const large = 2n ** 150n + 1n;
    const told = (name: string): readonly bigint[] => (name === "sqrtPriceLimitX96" || name === "key" ? [large] : []);
    const around = context(ALICE, { known: { ...known, told } });
    const limits = firstOf(callsOf(functionOf("swap(uint160 sqrtPriceLimitX96)"), around, 2_000));
    expect(shareOf(limits, (limit) => limit === large)).to.be.within(0.05, 0.2);
    const keys = firstOf(callsOf(functionOf("close(bytes32 key)"), around, 2_000));
    expect(shareOf(keys, (key) => BigInt(key as Hex) === large)).to.be.within(0.05, 0.2);
    for (const signature of ["close(bytes32 other)", "close(uint256 otherId)", "wait(uint256 duration)"])
      expect(firstOf(callsOf(functionOf(signature), around)).map((one) => BigInt(one as Hex))).to.not.include(large);
  });

  it("are words of views as ids, and large ids as words", () => {
    const large = 2n ** 130n + 7n;
    const around = context(ALICE, { known: { ...known, large: [large] } });
    expect(firstOf(callsOf(functionOf("close(uint256 positionId)"), around, 2_000))).to.include(large);
    const words = firstOf(callsOf(functionOf("close(bytes32 position)"), around, 2_000)).map((one) =>
      BigInt(one as Hex),
    );
    expect(words).to.include(large);
    const ofViews = context(ALICE, { known: { ...known, numbers: [large] } });
    const more = firstOf(callsOf(functionOf("close(bytes32 position)"), ofViews, 2_000)).map((one) =>
      BigInt(one as Hex),
    );
    expect(more).to.include(large);
  });

  it("are numbers of contracts' storage, seldom", () => {
    const around = context(ALICE, { known: { ...known, stored: [4_242n] } });
    for (const signature of ["pay(uint256 amount)", "close(uint256 id)", "set(uint16 bips)", "buy(uint256 price)"]) {
      const drawn = firstOf(callsOf(functionOf(signature), around, 4_000)).map((one) => BigInt(one as bigint | number));
      expect(
        shareOf(drawn, (one) => one === 4_242n),
        signature,
      ).to.be.within(0.005, 0.1);
    }
  });

  it("are any members of an enumeration, and no others, where their number is known", () => {
    const item = functionOf("open(uint8 side, uint8[] sides)");
    const [side, sides] = item.inputs;
    const ofEnum: AbiFunction = {
      ...item,
      inputs: [
        { ...side!, internalType: "enum Market.Side" },
        { ...sides!, internalType: "enum Market.Side[]" },
      ],
    };
    const membersIn = (around: ActionContext<unknown>): readonly number[] =>
      [...new Set(callsOf(ofEnum, around, 2_000).flatMap(({ args }) => args.flat() as number[]))].sort((a, b) => a - b);
    const members = new Map([["enum Market.Side", 3]]);
    expect(membersIn(context(ALICE, { known: { ...known, members } }))).to.deep.equal([0, 1, 2]);
    expect(membersIn(context(ALICE))).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    const ten = new Map([["enum Market.Side", 10]]);
    expect(membersIn(context(ALICE, { known: { ...known, members: ten } }))).to.have.lengthOf(10);
  });

  it("are byte strings that contracts told, one time in ten", () => {
    const payload: Hex = `0x${"ab".repeat(80)}`;
    const around = context(ALICE, { known: { ...known, payloads: [payload] } });
    const drawn = firstOf(callsOf(functionOf("run(bytes data)"), around, 2_000));
    expect(shareOf(drawn, (data) => data === payload)).to.be.within(0.05, 0.15);
  });

  it("have an encoding within the bounds of their types, for every ABI", () => {
    const bits = fc.integer({ min: 1, max: 32 }).map((bytes) => 8 * bytes);
    const leaf = fc.oneof(
      bits.map((width) => ({ type: `uint${width}` })),
      bits.map((width) => ({ type: `int${width}` })),
      fc.integer({ min: 1, max: 32 }).map((bytes) => ({ type: `bytes${bytes}` })),
      fc.constantFrom("address", "bool", "bytes", "string", "function").map((type) => ({ type })),
      fc.constant({ type: "uint8", internalType: "enum Kind" }),
    );
    const names = fc.constantFrom("", "amount", "id", "deadline", "minOut", "maxIn", "users", "x");
    const { parameter } = fc.letrec<{ parameter: AbiParameter }>((tie) => ({
      parameter: fc.oneof(
        { depthSize: "small" },
        fc.record({ leaf, name: names }).map(({ leaf: one, name }): AbiParameter => ({ ...one, name })),
        fc
          .record({ of: tie("parameter"), length: fc.constantFrom("", "1", "3") })
          .map(({ of, length }): AbiParameter => ({ ...of, type: `${of.type}[${length}]` })),
        fc
          .record({ of: fc.array(tie("parameter"), { minLength: 1, maxLength: 3 }), areNamed: fc.boolean() })
          .map(({ of, areNamed }): AbiParameter => ({
            type: "tuple",
            components: of.map((one, at) => ({ ...one, name: areNamed ? `${one.name ?? ""}${at}` : "" })),
          })),
      ),
    }));
    const any = fc.record({
      type: fc.constant("function" as const),
      name: fc.constant("call"),
      inputs: fc.array(parameter, { maxLength: 4 }),
      outputs: fc.constant([]),
      stateMutability: fc.constantFrom("payable" as const, "nonpayable" as const),
    });
    const surroundings = { target: TARGET, tokens: [TOKEN], things: THINGS, functions: [{ to: TARGET, item: poke }] };
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.constantFrom(ALICE, BOB), (item, seed, self) => {
        const random = createRandom(seed);
        const drawn = Array.from({ length: operandsOf(item) }, () => random.integer(0, 1_000_000));
        for (const operands of [drawn, drawn.map(() => 0), drawn.map(() => 1_000_000), []]) {
          const made = callOf(item, operands, surroundings, context(self));
          const data = encodeCall(made);
          // what does not fit would be cut off, and read differently
          expect(encodeCall({ ...made, args: decoded(item, data) })).to.equal(data);
          isWithin(made.value ?? 0n, 0n, 2_000_000n);
          if (made.open !== undefined) expect(made.open.amounts).to.not.include(0n).and.to.not.be.empty;
        }
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it("leave an amount to what the state accepts: the largest or the least, all of it or a share", () => {
    const deposit = functionOf("deposit(uint96 amount)");
    const opens = callsOf(deposit).flatMap(({ open }) => open ?? []);
    expect(shareOf(opens, ({ seeks }) => seeks === "most")).to.be.within(0.5, 0.9);
    expect(opens.filter(({ seeks }) => seeks === "least")).to.not.be.empty;
    for (const { way, seeks, amounts, share } of opens) {
      expect(way).to.deep.equal([0]);
      const ascending = [...amounts].sort((a, b) => (a < b ? -1 : 1));
      expect(amounts).to.deep.equal(seeks === "least" ? ascending : ascending.toReversed());
      for (const amount of amounts) isWithin(amount, 1n, 2n ** 96n - 1n);
      if (seeks === "most") expect(share).to.be.within(1, 1_000_000);
      else expect(share).to.be.within(1_000_000, 2_000_000);
      // the largest amount that means something is always among them
      expect(amounts).to.satisfy((list: readonly bigint[]) => list.some((amount) => amount >= 777_000n));
    }
    expect(opens.map(({ share }) => share)).to.include.members([1_000_000, 970_000, 500_000]);
  });

  it("leave two amounts of a call, also within structs, the last first", () => {
    const open = functionOf("open((address asset, (uint256 amount)[1] parts) position, uint256 size)");
    const ways = new Set(callsOf(open).map((call) => [call.open, call.open?.next].map((one) => one?.way.join("."))));
    expect([...new Set([...ways].map((both) => both.join()))]).to.have.members([
      ",",
      "1,",
      "0.parts.0.amount,",
      "1,0.parts.0.amount",
    ]);
  });

  it("are amounts that the caller and the contract hold, that views and events say, near these, and extremes", () => {
    const amounts = firstOf(callsOf(functionOf("deposit(uint256 amount)"), context(ALICE), 3_000));
    const near = (value: bigint): readonly bigint[] => [
      value,
      value + 1n,
      value - 1n,
      value / 2n,
      (value * 99n) / 100n,
      value * 2n,
    ];
    expect(amounts).to.include.members([1_000n, 70_000n, ...near(777_000n), ...near(123_456n)]);
    expect(amounts).to.include.members([0n, 1n, 42n, 8_700n, 10n ** 18n, 2n ** 256n - 1n]);
    // nobody asked about Bob's balance of tokens; his own numbers are his
    const ofBob = firstOf(callsOf(functionOf("deposit(uint256 amount)"), context(BOB), 3_000));
    expect(ofBob).to.include(888_000n).and.to.not.include(777_000n);
  });

  it("are ids that views and events know, and the smallest, most of the time", () => {
    for (const signature of ["close(uint256 positionId)", "close(uint32 index)", "take(uint256, uint256 amount)"]) {
      const ids = firstOf(callsOf(functionOf(signature))).map((id) => BigInt(id as number | bigint));
      expect(
        shareOf(ids, (id) => id < 4n),
        signature,
      ).to.be.greaterThan(0.25);
      expect(
        shareOf(ids, (id) => id === 0n),
        signature,
      ).to.be.greaterThan(0.08);
      expect(
        shareOf(ids, (id) => id === 42n),
        signature,
      ).to.be.greaterThan(0.05);
    }
  });

  it("are ids where the contract numbers what they are called", () => {
    const small = (name: string): number =>
      shareOf(firstOf(callsOf(functionOf(`claim(uint256 ${name})`))), (id) => (id as bigint) < 4n);
    for (const name of ["ticket", "_ticket", "deal"]) expect(small(name), name).to.equal(small("ticketId"));
    for (const name of ["balance", "asset", "share", "what"])
      expect(small(name), name).to.be.lessThan(small("ticketId") / 2);
  });

  it("are moments: now, plus a duration", () => {
    const year = 31_536_000n;
    const times = firstOf(callsOf(functionOf("swap(uint64 deadline)"))) as readonly bigint[];
    expect(shareOf(times, (time) => time >= NOW && time <= NOW + year)).to.be.greaterThan(0.5);
    expect(times).to.include.members([NOW, NOW + 86_400n, NOW + year]);
    const narrow = firstOf(callsOf(functionOf("swap(uint40 unlockTime)")));
    expect(narrow).to.include(Number(NOW) + 86_400);
  });

  it("are spans of time, in seconds or in days as the name says", () => {
    for (const name of ["term", "duration", "lockPeriod", "cooldown"]) {
      const spans = firstOf(callsOf(functionOf(`open(uint64 ${name})`))) as readonly bigint[];
      expect(spans, name).to.include.members([604_800n, 2_592_000n, 7_776_000n]);
      expect(
        shareOf(spans, (span) => span <= 31_536_000n),
        name,
      ).to.be.greaterThan(0.5);
    }
    const days = firstOf(callsOf(functionOf("buy(uint256 numberOfDays)"))) as readonly bigint[];
    expect(shareOf(days, (count) => count >= 1n && count <= 30n)).to.be.greaterThan(0.5);
    // a moment may be stored as a span
    const moments = firstOf(callsOf(functionOf("lock(uint256 unlockAt)"))) as readonly bigint[];
    expect(moments).to.include.members([NOW + 604_800n, 604_800n]);
  });

  it("are amounts where a name only ends like an id", () => {
    const bids = callsOf(functionOf("raise(uint256 bid, uint256 lotId)"));
    expect(shareOf(bids, ({ open }) => open?.way[0] === 0)).to.be.greaterThan(0.3);
    for (const name of ["lotId", "_id", "order_id", "tokenIds", "positionid"]) {
      const ids = firstOf(callsOf(functionOf(`take(uint256 ${name}, uint256 amount)`)));
      expect(
        shareOf(ids, (id) => (id as bigint) < 4n),
        name,
      ).to.be.greaterThan(0.25);
    }
  });

  it("are what parameters of the same name were in calls that succeeded", () => {
    const named = context(ALICE, { known: { ...known, used: (name) => (name === "strikeIndex" ? [31n] : []) } });
    const ofMove = callsOf(functionOf("move(uint256 strikeIndex, uint256 size)"), named);
    expect(shareOf(firstOf(ofMove), (strike) => strike === 31n)).to.be.greaterThan(0.15);
    expect(firstOf(callsOf(functionOf("move(uint256 otherIndex, uint256 size)"), named))).to.not.include(31n);
  });

  it("are the caller's own, and mean the same however many there come to be", () => {
    const item = functionOf("move(uint256 sub, uint256 amount)");
    const owning = (...own: readonly bigint[]) =>
      context(ALICE, { known: { ...known, own: (account) => (account === ALICE ? own : []) } });
    const [two, four] = [owning(31n, 41n), owning(31n, 41n, 51n, 61n)].map((of) => firstOf(callsOf(item, of)));
    expect(shareOf(two ?? [], (sub) => sub === 31n || sub === 41n)).to.be.greaterThan(0.15);
    const first = two?.flatMap((sub, at) => (sub === 31n ? [four?.[at]] : [])) ?? [];
    expect(shareOf(first, (sub) => sub === 31n)).to.be.greaterThan(0.6);
    expect(firstOf(callsOf(item))).to.not.include.members([31n, 41n]);
    // who has one may number the next itself
    const one = firstOf(callsOf(item, owning(31n)));
    const second = two?.flatMap((sub, at) => (sub === 41n ? [one[at]] : [])) ?? [];
    expect(shareOf(second, (sub) => sub === 31n)).to.be.within(0.2, 0.8);
  });

  it("are fair prices, or mostly near them", () => {
    for (const signature of ["place(uint256 triggerPrice)", "buy(uint128 strike, uint256 size)"]) {
      const prices = firstOf(callsOf(functionOf(signature))) as readonly bigint[];
      const fair = 2_000n * 10n ** 8n;
      expect(
        shareOf(prices, (price) => price > (fair * 3n) / 4n && price < (fair * 5n) / 4n),
        signature,
      ).to.be.greaterThan(0.3);
      expect(prices).to.include.members([fair, fair + 1n, (fair * 9n) / 10n, (fair * 6n) / 5n]);
    }
  });

  it("are fair prices in the unit that a view counts in, most of the time", () => {
    const units = [8n, 18n, 6n].map((decimals) => 2_000n * 10n ** decimals);
    const seen = { ...known, prices: units, numbers: [123_456n, 2_100n * 10n ** 6n] };
    const strikes = firstOf(callsOf(functionOf("write(uint256 strike)"), context(ALICE, { known: seen }), 3_000));
    const isNear = (price: bigint): number =>
      shareOf(strikes as readonly bigint[], (strike) => strike > price / 3n && strike < price * 3n);
    expect(isNear(units[2]!)).to.be.greaterThan(2 * (isNear(units[0]!) + isNear(units[1]!)));
    expect(isNear(units[0]!)).to.be.greaterThan(0.01);
  });

  it("are the last of what views count, as ids", () => {
    const counting = context(ALICE, { known: { ...known, numbers: [10n ** 20n, 17n] } });
    const ids = firstOf(callsOf(functionOf("capture(uint256 id)"), counting)) as readonly bigint[];
    expect(shareOf(ids, (id) => id === 16n)).to.be.greaterThan(0.05);
    expect(ids).to.include.members([14n, 15n, 16n, 17n]);
  });

  it("bound what is received loosely, so that a call is not refused for it", () => {
    const swap = callsOf(functionOf("swap(uint256 minOut, uint256 maxIn, uint256 amount)"));
    expect(shareOf(firstOf(swap), (least) => least === 0n)).to.be.greaterThan(0.5);
    expect(shareOf(swap, ({ args }) => args[1] === 2n ** 256n - 1n)).to.be.greaterThan(0.4);
  });

  it("are the first members of an enum, whose number an ABI does not tell", () => {
    const item: AbiFunction = {
      ...functionOf("vote(uint8 support)"),
      inputs: [{ name: "support", type: "uint8", internalType: "enum Governor.VoteType" }],
    };
    const members = firstOf(callsOf(item)) as readonly number[];
    expect(shareOf(members, (member) => member <= 2)).to.be.greaterThan(0.5);
    expect(members).to.include.members([0, 1, 2, 3]);
    expect(Math.max(...members)).to.be.lessThan(8);
  });

  it("are whole numbers of either sign", () => {
    const changes = firstOf(callsOf(functionOf("adjust(int128 change)"))) as readonly bigint[];
    expect(shareOf(changes, (change) => change < 0n)).to.be.within(0.15, 0.5);
    expect(changes).to.include(-(2n ** 127n - 1n));
    // the largest that is accepted is sought of both signs
    const opens = callsOf(functionOf("adjust(int128 change)")).flatMap(({ open }) => open ?? []);
    expect(shareOf(opens, ({ isNegative }) => isNegative === true)).to.be.within(0.15, 0.5);
  });

  it("name the caller itself half the time, others, contracts, what views and events name, and nobody", () => {
    const users = firstOf(callsOf(functionOf("liquidate(address user)")));
    expect(shareOf(users, (user) => user === ALICE)).to.be.within(0.4, 0.75);
    expect([...new Set(users)]).to.have.members([ALICE, BOB, NAMED, TARGET, TOKEN.address, zeroAddress]);
    const assets = firstOf(callsOf(functionOf("supply(address asset)")));
    expect(shareOf(assets, (asset) => asset === TOKEN.address)).to.be.greaterThan(0.3);
  });

  it("name what contracts call by the parameter's name, half of the time; never where it names an account", () => {
    const named = (name: string): readonly Address[] => (["oracle", "owner"].includes(name) ? [DEPLOYED] : []);
    const calls = (signature: string) =>
      firstOf(callsOf(functionOf(signature), context(ALICE, { known: { ...known, named } })));
    expect(shareOf(calls("setOracle(address oracle)"), (oracle) => oracle === DEPLOYED)).to.be.within(0.4, 0.65);
    expect(calls("setOwner(address owner)")).not.to.include(DEPLOYED);
    expect(calls("setFeed(address feed)")).not.to.include(DEPLOYED);
  });

  it("are mostly contracts that were created, where the type says so, whatever the parameter is called", () => {
    const item: AbiFunction = {
      type: "function",
      name: "consolidate",
      stateMutability: "nonpayable",
      outputs: [],
      inputs: [
        { name: "from", type: "address", internalType: "contract LoanBox" },
        { name: "to", type: "address", internalType: "contract ILoanBox" },
      ],
    };
    const first: Address = "0x00000000000000000000000000000000000000f1";
    const second: Address = "0x00000000000000000000000000000000000000f2";
    const drawn = (more: Partial<ActionContext<unknown>>): readonly unknown[] => {
      const random = createRandom(1);
      return Array.from({ length: 200 }, () => {
        const operands = Array.from({ length: operandsOf(item) }, () => random.integer(0, 1_000_000));
        const around = { target: TARGET, tokens: [TOKEN], things: thingsOf([]), functions: [] };
        return callOf(item, operands, around, context(ALICE, more)).args;
      }).flat();
    };
    const among = drawn({ created: new Map([["LoanBox", [first, second]]]), actsFor: "itself" });
    expect(among.filter((one) => one === first).length / among.length).to.be.within(0.2, 0.5);
    expect(among.filter((one) => one === second).length / among.length).to.be.within(0.2, 0.5);
    // of a type that nothing was created with, it is any contract, but hardly the sender, whom `from` would name
    expect(drawn({}).filter((one) => one === ALICE).length / among.length).to.be.below(0.5);
  });

  it("name no other account for an agent that acts for itself alone", () => {
    const itself = context(BOB, { actsFor: "itself" });
    const deposit = functionOf("deposit(address receiver, (address onBehalfOf, address[] users) whom, address)");
    const others = new Set<unknown>();
    for (const { args } of callsOf(deposit, itself)) {
      const [receiver, whom, other] = args as [Address, { onBehalfOf: Address; users: readonly Address[] }, Address];
      expect([...new Set([receiver, whom.onBehalfOf, ...whom.users])]).to.deep.equal([BOB]);
      others.add(other);
    }
    // contracts can be chosen where no account is named
    expect([...others]).to.have.members([BOB, TARGET, TOKEN.address]);
  });

  it("in lists belong together: those of a call have the same length, of any small number", () => {
    const batch = functionOf("batch(uint256[] ids, address[] to, (bytes32[] salts) more, uint256[2] fixedOnes)");
    const lengths = callsOf(batch).map(({ args }) => {
      const [ids, to, { salts }, fixedOnes] = args as [unknown[], unknown[], { salts: unknown[] }, unknown[]];
      expect([to.length, salts.length, fixedOnes.length]).to.deep.equal([ids.length, ids.length, 2]);
      return ids.length;
    });
    expect([...new Set(lengths)]).to.include.members([0, 1, 2, 3, 5]);
    expect(Math.max(...lengths)).to.be.lessThan(10);
  });

  it("in lists are repeated now and then", () => {
    const lists = firstOf(callsOf(functionOf("exercise(uint256[] ids)"))) as readonly (readonly bigint[])[];
    const several = lists.filter(({ length }) => length > 1);
    const isRepeated = (list: readonly unknown[]): boolean => new Set(list).size < list.length;
    expect(shareOf(several, isRepeated)).to.be.within(0.3, 0.8);
    const [first = []] = several.filter(isRepeated);
    expect(first).to.not.be.empty;
    // accounts, and whole structs
    const calls = callsOf(functionOf("batch((address to, uint256 amount)[] parts)"));
    const parts = firstOf(calls) as readonly (readonly object[])[];
    expect(parts.some((list) => list.length > 1 && list[0] === list[1])).to.equal(true);
  });

  it("are words that were seen, also their left part, and numbers", () => {
    expect(shareOf(firstOf(callsOf(functionOf("grant(bytes32 role)"))), (word) => word === HASH)).to.be.within(
      0.3,
      0.7,
    );
    expect(firstOf(callsOf(functionOf("grant(bytes4 id)")))).to.include(HASH.slice(0, 10));
    expect(firstOf(callsOf(functionOf("grant(bytes1 id)")))).to.include.members(["0x5e", "0x00", "0x2a"]);
  });

  it("are encoded calls of known functions where bytes are asked for, never of more calls", () => {
    const isPoke = (data: unknown): boolean =>
      typeof data === "string" && data.length === 74 && data.startsWith(toFunctionSelector(poke));
    const data = firstOf(callsOf(functionOf("execute(bytes data)")));
    expect(shareOf(data, isPoke)).to.be.within(0.2, 0.5);
    expect(data).to.include("0x").and.to.include(HASH);
    const lists = firstOf(callsOf(functionOf("multicall(bytes[] data)"))) as readonly (readonly unknown[])[];
    expect(shareOf(lists, (list) => list.length > 1 && list.every(isPoke))).to.be.greaterThan(0.02);
  });

  it("are strings that were said, and others", () => {
    expect(firstOf(callsOf(functionOf("note(string text)")))).to.include.members(["said before", "", "siege"]);
  });

  it("come with native coin, as much as the caller has but for gas, the argument's amount among it", () => {
    const payables = callsOf({ ...functionOf("deposit(uint256 amount)"), stateMutability: "payable" });
    expect(shareOf(payables, ({ value, open }) => value === 0n && open === undefined)).to.be.greaterThan(0.05);
    expect(payables.filter(({ open }) => open?.isValue === true)).to.not.be.empty;
    const sought = payables.flatMap(({ open }) => (open?.way.length === 0 ? [open] : []));
    expect(sought.map(({ seeks }) => seeks)).to.include.members(["most", "least"]);
    for (const { amounts } of sought) for (const amount of amounts) isWithin(amount, 1n, COIN / 2n);
    for (const { value = 0n } of payables) isWithin(value, 0n, COIN / 2n);
    // whoever has none sends none
    const penniless = context(BOB, { known: { ...known, native: () => 0n } });
    for (const call of callsOf({ ...functionOf("enter()"), stateMutability: "payable" }, penniless)) {
      expect(call.value ?? 0n).to.equal(0n);
      expect(call.open?.amounts.filter((amount) => amount > 0n) ?? []).to.be.empty;
    }
  });

  it("depend on the operands alone, and their places stay when fewer are known", () => {
    const item = functionOf("swap(address tokenIn, uint256[] ids, uint256 amount, bytes data)");
    expect(callsOf(item)).to.deep.equal(callsOf(item));
    // a saved genome has fewer operands than the function takes by now
    const surroundings = { target: TARGET, tokens: [TOKEN], things: THINGS, functions: [] };
    expect(callOf(item, [0], surroundings, context(ALICE)).args).to.have.lengthOf(4);
    // nothing is known before the first block of an old scenario
    expect(encodeCall(callOf(item, [], surroundings, { ...context(ALICE), known: NOTHING_KNOWN }))).to.be.a("string");
  });
});

// chai compares numbers and dates only
function isWithin(value: bigint, least: bigint, most: bigint): void {
  expect(value >= least && value <= most, String(value)).to.equal(true);
}

function decoded(item: AbiFunction, data: Hex): readonly unknown[] {
  // viem does not decode functions, which are words of 24 bytes
  const asWords = (one: AbiParameter): AbiParameter => ({
    ...one,
    type: one.type.replace(/^function/, "bytes24"),
    ...("components" in one ? { components: one.components.map(asWords) } : {}),
  });
  return item.inputs.length === 0 ? [] : decodeAbiParameters(item.inputs.map(asWords), `0x${data.slice(10)}`);
}
