import type { Address } from "viem";

import type { Favour } from "../../../src/view/favour.js";
import type { FakeContract } from "./fake-chain.js";

import { expect } from "chai";
import { encodeErrorResult, parseAbi, slice } from "viem";

import { invariants, unprofitableToAttack } from "../../../src/conditions/index.js";
import { revertReason } from "../../../src/conditions/revert-reason.js";
import { failsWith } from "../../helpers/errors.js";

import { ALICE, ATTACKER, bind, BOB, contract, TARGET, USDC } from "./fake-chain.js";

describe("unprofitableToAttack", () => {
  const now: Record<string, number> = {};
  const world = {
    contracts: {},
    accounts: { attacker: ATTACKER, "attacker 2": BOB, alice: ALICE },
    worth: (account: string, holdings: "start" | "before" | "now") =>
      holdings === "start" ? 100 : (now[account] ?? 100),
  };

  beforeEach(() => {
    Object.assign(now, { [ATTACKER]: 100, [BOB]: 100, [ALICE]: 500 });
  });

  it("sums the attackers' profits", async () => {
    const bound = await bind(unprofitableToAttack(), world);
    now[ATTACKER] = 101;
    expect(bound.judge()).to.equal(undefined);
    now[ATTACKER] = 150;
    const evidence = bound.judge();
    expect(evidence?.summary).to.equal("attacker, attacker 2 gained $50.00 at present prices (allowed $1.00)");
    expect(evidence?.quantities.map(({ label, value, unit }) => [label, value, unit])).to.deep.equal([
      ["profit", 50, "USD"],
      ["allowed profit", 1, "USD"],
      ["profit of attacker", 50, "USD"],
      ["profit of attacker 2", 0, "USD"],
    ]);
    now[BOB] = 50;
    expect(bound.judge()).to.equal(undefined);
  });

  it("allows for interest on the attackers' capital in pauses, not beyond", async () => {
    const [month, capital] = [30 * 86_400, 200];
    const paused = { ...world, paused: month };
    const judged = async (options: Parameters<typeof unprofitableToAttack>[0], gain: number) => {
      const bound = await bind(unprofitableToAttack(options), paused);
      now[ATTACKER] = 100 + gain;
      return bound.judge()?.summary;
    };
    const monthly = (capital * month) / 31_536_000;
    expect(await judged({}, monthly)).to.equal(undefined);
    expect(await judged({}, monthly + 1.5)).to.equal(
      "attacker, attacker 2 gained $17.94 at present prices (allowed $17.44)",
    );
    expect(await judged({ interest: 0.1 }, monthly)).to.include("(allowed $2.64)");
    expect(await judged({ interest: 0 }, 1.5)).to.include("(allowed $1.00)");
    // blocks are no pauses: what is gained in them is gained by calls
    now[ATTACKER] = 102;
    const inBlocks = await bind(unprofitableToAttack(), { ...world, block: 20 });
    expect(inBlocks.judge()?.summary).to.include("(allowed $1.00)");
    expect(() => unprofitableToAttack({ interest: -1 })).to.throw(/interest/);
  });

  it("does not count gifts: what another account lost with a call that names an attacker", async () => {
    const before: Record<string, number> = { [ATTACKER]: 100, [BOB]: 100, [ALICE]: 500 };
    const favours = [{ from: ALICE, to: ATTACKER }];
    const given = {
      ...world,
      favours: [] as { from: Address; to: Address }[],
      worth: (account: string, holdings: "start" | "before" | "now") =>
        (holdings === "now" ? now : holdings === "before" ? before : { [ALICE]: 500 })[account] ?? 100,
    };
    const bound = await bind(unprofitableToAttack(), given);
    Object.assign(now, { [ATTACKER]: 160, [ALICE]: 440 });
    expect(bound.judge()?.summary).to.include("gained $60.00");
    given.favours = favours;
    expect(bound.judge()).to.equal(undefined);
    // it is remembered
    given.favours = [];
    Object.assign(before, now);
    expect(bound.judge()).to.equal(undefined);
    now[ATTACKER] = 165;
    const evidence = bound.judge();
    expect(evidence?.summary).to.equal(
      "attacker, attacker 2 gained $5.00 at present prices without gifts of $60.00 (allowed $1.00)",
    );
    expect(evidence?.quantities.map(({ label, value }) => [label, value])).to.deep.include(["gifts", 60]);
    // who loses nothing gives nothing: a liquidator of the attacker, for example
    given.favours = favours;
    expect(bound.judge()?.summary).to.include("gained $5.00");
  });

  describe("takes what a call states that it gives", () => {
    const POOL: Address = "0x0000000000000000000000000000000000000900";
    const worlds = { now: {} as Record<string, number>, before: {} as Record<string, number> };
    const given = {
      ...world,
      prices: { USDC: 1 },
      favours: [] as Favour[],
      worth: (account: string, holdings: "start" | "before" | "now") =>
        (holdings === "start" ? { [ALICE]: 500 } : worlds[holdings])[account] ?? 100,
    };
    const ofUsdc = (dollars: number): NonNullable<Favour["gift"]> => ({
      token: USDC.address,
      amount: BigInt(dollars) * 10n ** 6n,
    });
    let bound: Awaited<ReturnType<typeof bind>>;

    beforeEach(async () => {
      worlds.now = { [ATTACKER]: 100, [ALICE]: 500 };
      bound = await bind(unprofitableToAttack(), given);
    });

    /** The profit that is found after one block with a favour, in which the attacker gains so much, and another one. */
    function profitAfter(favour: Favour, gains: readonly [number, number], loss = 0): string | undefined {
      given.favours = [favour];
      worlds.before = { ...worlds.now };
      worlds.now = { [ATTACKER]: 100 + gains[0], [ALICE]: 500 - loss };
      const first = bound.judge();
      given.favours = [];
      worlds.before = { ...worlds.now };
      worlds.now = { [ATTACKER]: 100 + gains[0] + gains[1], [ALICE]: 500 - loss };
      return (first ?? bound.judge())?.summary;
    }

    it("though the attacker has it on deposit after the block", () => {
      expect(profitAfter({ from: ALICE, to: ATTACKER, gift: ofUsdc(50) }, [0, 50], 50)).to.equal(undefined);
    });

    it("and no more", () => {
      expect(profitAfter({ from: ALICE, to: ATTACKER, gift: ofUsdc(50) }, [0, 60], 60)).to.include("gained $10.00");
    });

    it("to the target", () => {
      expect(profitAfter({ from: ALICE, to: TARGET, gift: ofUsdc(50) }, [40, 0], 50)).to.equal(undefined);
    });

    it("to a protocol's contract", () => {
      expect(profitAfter({ from: ALICE, to: POOL, gift: ofUsdc(50) }, [40, 0], 50)).to.equal(undefined);
    });

    it("not to another account, and not an attacker's own donation", () => {
      expect(profitAfter({ from: ALICE, to: ALICE, gift: ofUsdc(50) }, [40, 0], 50)).to.include("gained $40.00");
      expect(profitAfter({ from: ATTACKER, to: TARGET, gift: ofUsdc(50) }, [40, 0], 50)).to.include("gained $40.00");
    });

    it("once, where it states the rest of a block's gifts not", () => {
      given.favours = [
        { from: ALICE, to: ATTACKER, gift: ofUsdc(50) },
        { from: ALICE, to: ATTACKER },
      ];
      worlds.before = { ...worlds.now };
      worlds.now = { [ATTACKER]: 180, [ALICE]: 430 };
      expect(bound.judge()?.summary).to.include("gained $10.00 at present prices without gifts of $70.00");
    });
  });

  it("counts the agents that are named", async () => {
    expect((await bind(unprofitableToAttack({ agents: ["alice"] }), world)).judge()?.summary).to.include("$400.00");
    const tolerant = unprofitableToAttack({ agents: ["alice"], threshold: 400 });
    expect((await bind(tolerant, world)).judge()).to.equal(undefined);
  });

  it("requires an account to judge", async () => {
    const error = await failsWith("UNKNOWN_ACCOUNT", () =>
      bind(unprofitableToAttack(), { ...world, accounts: { alice: ALICE } }),
    );
    expect(error.hint).to.include("alice");
    await failsWith("INVALID_OPTION", () => unprofitableToAttack({ threshold: -1 }));
  });
});

describe("invariants", () => {
  const suite: FakeContract = contract(
    [
      "function invariant_one()",
      "function property_two() returns (bool)",
      "function echidna_three() view returns (bool)",
      "function invariant_number() view returns (uint256)",
      "function invariant_of(uint256)",
      "function setUp()",
    ],
    {
      invariant_one: () => {
        if (broken.has("one")) throw new Error("lost money");
      },
      property_two: () => !broken.has("two"),
      echidna_three: () => true,
      invariant_number: () => 0n,
    },
  );
  const broken = new Set<string>();
  const deployed = { address: BOB, abi: suite.abi } as const;
  const world = { contracts: { [BOB]: suite }, accounts: {} };

  beforeEach(() => {
    broken.clear();
  });

  it("holds if none reverts or returns false", async () => {
    expect((await bind(invariants(deployed), world)).judge()).to.equal(undefined);
  });

  it("names what fails, and why", async () => {
    const bound = await bind(invariants(deployed), world);
    broken.add("two");
    expect(bound.judge()?.summary).to.equal("property_two() returned false");
    broken.add("one");
    const evidence = bound.judge();
    expect(evidence?.summary).to.equal('invariant_one() reverted: "lost money", and 1 more');
    expect(evidence?.quantities).to.deep.equal([
      { kind: "invariant", of: "invariant_one()", label: "invariant_one()", text: 'reverted: "lost money"' },
      { kind: "invariant", of: "property_two()", label: "property_two()", text: "returned false" },
    ]);
  });

  it("refuses a contract without invariants, and an address without code", async () => {
    const { abi } = contract(["function invariant_of(uint256)", "function total() view returns (uint256)"], {});
    const error = await failsWith("UNSUPPORTED_TARGET", () => invariants({ address: BOB, abi }));
    expect(error.hint).to.equal("Its functions are: invariant_of(uint256), total().");
    await failsWith("NO_CODE", () => bind(invariants(deployed), { ...world, contracts: {} }));
    await failsWith("INVALID_TARGET", () => invariants({} as never));
  });
});

describe("revertReason", () => {
  const abi = parseAbi([
    "error Insolvent(uint256 short)",
    "error Stranger(address account)",
    "error Panic(uint256)",
    "error Error(string)",
  ]);
  const none = { abi: [] };

  it("decodes reasons, panics and custom errors", () => {
    expect(revertReason(encodeErrorResult({ abi, errorName: "Error", args: ["paused"] }), none)).to.equal('"paused"');
    expect(revertReason(encodeErrorResult({ abi, errorName: "Panic", args: [0x12n] }), none)).to.equal(
      "panic: division by zero",
    );
    const insolvent = encodeErrorResult({ abi, errorName: "Insolvent", args: [5n] });
    expect(revertReason(insolvent, { abi })).to.equal("Insolvent(5)");
    expect(revertReason(insolvent, { abi: [], errors: abi })).to.equal("Insolvent(5)");
    // as amounts are written beside it
    const large = encodeErrorResult({ abi, errorName: "Insolvent", args: [1_000_000_000n] });
    expect(revertReason(large, { abi })).to.equal("Insolvent(1,000,000,000)");
    expect(revertReason("0x12345678", { abi })).to.equal("unknown error 0x12345678");
    expect(revertReason("0x", { abi })).to.equal("no reason given");
  });

  it("decodes the errors of well-known contracts that the target calls", () => {
    const known = parseAbi(["error ERC20InsufficientBalance(address, uint256, uint256)", "error EnforcedPause()"]);
    const short = encodeErrorResult({ abi: known, errorName: "ERC20InsufficientBalance", args: [ALICE, 98n, 99n] });
    expect(short.slice(0, 10)).to.equal("0xe450d38c");
    expect(revertReason(short, none)).to.equal(`ERC20InsufficientBalance(${ALICE}, 98, 99)`);
    expect(revertReason(encodeErrorResult({ abi: known, errorName: "EnforcedPause" }), none)).to.equal(
      "EnforcedPause()",
    );
    // an error that is cut short is none of them
    expect(revertReason(slice(short, 0, 40), none)).to.equal("unknown error 0xe450d38c");
  });

  it("names the accounts that are known", () => {
    const stranger = encodeErrorResult({ abi, errorName: "Stranger", args: [ALICE] });
    expect(revertReason(stranger, { abi }, new Map([[ALICE.toLowerCase(), "alice"]]))).to.equal("Stranger(alice)");
    expect(revertReason(stranger, { abi }, new Map([[BOB.toLowerCase(), "bob"]]))).to.equal(`Stranger(${ALICE})`);
  });
});
