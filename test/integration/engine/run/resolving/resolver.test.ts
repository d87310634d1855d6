import type { Address } from "viem";

import type { Resolution, ToResolve } from "../../../../../src/engine/run/resolving/resolve.js";
import type { World } from "../../../../../src/engine/world/world.js";
import type { OpenAmount, OpenCall } from "../../../../../src/protocols/open-amount.js";
import type { Probed } from "../../../../helpers/probed.js";

import { expect } from "chai";
import { getAbiItem, parseEther } from "viem";

import { defineAgent } from "../../../../../src/agents/agent.js";
import { BLOCK_BUILDER } from "../../../../../src/engine/chain/chain.js";
import { prevRandao } from "../../../../../src/engine/chain/prev-randao.js";
import { resolveMoves } from "../../../../../src/engine/run/resolving/resolve.js";
import { withFound } from "../../../../../src/protocols/open-amount.js";
import { agentAddress } from "../../../../../src/view/accounts.js";
import { probed } from "../../../../helpers/probed.js";

const MOST = 1_234_567_890_123_456_789n;
const LEAST = 1_234n;

const agent = (name: string) => defineAgent({ role: name, name, native: 10, act: () => undefined });

/** Amounts of all magnitudes, the greatest first. */
const DOWN = [10n ** 30n, 10n ** 15n, 10n ** 6n, 1_000n, 1n];
const open = (more: Partial<OpenAmount> = {}): OpenAmount => ({
  way: [0],
  isValue: false,
  seeks: "most",
  share: 1_000_000,
  amounts: DOWN,
  steps: 80,
  ...more,
});

/** A day later: what is mined without a pinned time has that of the clock, however long these tests take. */
const coming = ({ base }: World) => ({ timestamp: base.timestamp + 86_400, baseFee: 1n, prevRandao: prevRandao(1) });

describe("the resolver", () => {
  let on: Probed;

  before(async () => {
    on = await probed("Limits", [agent("alice"), agent("bob")]);
  });
  after(() => on.close());

  const callOf = (name: string, args: readonly unknown[], more: Partial<OpenCall> = {}): OpenCall => {
    const item = getAbiItem({ abi: on.target.abi, name });
    if (item?.type !== "function") throw new Error(name);
    return { to: on.target.address, function: item, args, ...more };
  };
  const move = (
    name: string,
    args: readonly unknown[],
    sought?: OpenAmount,
    from = agentAddress("alice"),
  ): ToResolve => ({
    kind: "move",
    alternatives: [{ from, call: callOf(name, args, sought === undefined ? {} : { open: sought }) }],
  });
  const made = (name: string, args: readonly unknown[], from: Address = agentAddress("bob")): ToResolve => ({
    kind: "made",
    from,
    call: callOf(name, args),
  });

  /** On the user's chain and on a lane, which have to agree. */
  const resolved = async (...items: readonly ToResolve[]): Promise<Resolution> => {
    const { world, lane } = on;
    const faithful = await resolveMoves(world, coming(world), items);
    expect(await resolveMoves(lane, coming(lane), items)).to.deep.equal(faithful);
    return faithful;
  };
  const amounts = async (...items: readonly ToResolve[]): Promise<readonly (bigint | undefined)[]> =>
    (await resolved(...items)).moves.map(({ alternative, amount }) => (alternative === undefined ? undefined : amount));

  it("finds the largest amount that is accepted, to the unit, or nearly in fewer steps", async () => {
    expect(await amounts(move("upTo", [0n], open()))).to.deep.equal([MOST]);
    const [near = 0n] = await amounts(move("upTo", [0n], open({ steps: 14 })));
    expect(near <= MOST && near > (MOST * 99n) / 100n, String(near)).to.equal(true);
    // each bisection is a call that was tried, besides those that tell whether any amount is accepted
    const { trials } = await resolved(move("upTo", [0n], open({ steps: 14 })));
    expect(trials).to.equal(2 + 14);
  });

  it("finds the least", async () => {
    const least = open({ seeks: "least", amounts: [1n, 10n ** 6n] });
    expect(await amounts(move("narrow", [0n], least))).to.deep.equal([LEAST]);
    expect(await amounts(move("narrow", [0n], { ...least, share: 2_000_000 }))).to.deep.equal([2n * LEAST]);
  });

  it("takes a share of it, or all if the share is refused", async () => {
    expect(await amounts(move("upTo", [0n], open({ share: 500_000 })))).to.deep.equal([MOST / 2n]);
    expect(await amounts(move("allOf", [0n], open({ share: 500_000, amounts: [MOST] })))).to.deep.equal([MOST]);
    // a multiple that the type does not hold
    const most = 2n ** 64n - 1n;
    const over = open({ seeks: "least", amounts: [most], share: 2_000_000, steps: 0 });
    expect(await amounts(move("narrow", [0n], over))).to.deep.equal([most]);
  });

  it("finds the largest of the negative ones", async () => {
    const short = open({ isNegative: true, amounts: [10n ** 30n, 10n ** 15n, 1n], steps: 200 });
    const sought = move("downTo", [0n], short);
    const [found = 0n] = await amounts(sought);
    expect(BigInt.asIntN(256, found)).to.equal(-MOST);
    // it is made with its sign
    const call = { ...callOf("downTo", [0n]), open: short };
    expect(withFound(call, found)).to.deep.include({ args: [-MOST] });
  });

  it("finds one amount after the other, and what stands behind them is tried behind both", async () => {
    const both = open({ way: [1], next: open({ way: [0] }) });
    const asked = {
      kind: "move" as const,
      alternatives: [{ from: agentAddress("bob"), call: { ...callOf("both", [1n, 1n]), open: both } }],
    };
    const { moves } = await resolved(asked, move("upTo", [0n], open()));
    expect(moves.map(({ call }) => call?.args)).to.deep.equal([[MOST, LEAST], [MOST]]);
    // the second may have no amount but the one that was guessed
    const guessed = { ...both, next: open({ way: [0], amounts: [MOST + 1n] }) };
    const { moves: others } = await resolved({
      ...asked,
      alternatives: [{ from: agentAddress("bob"), call: { ...callOf("both", [7n, 1n]), open: guessed } }],
    });
    expect(others.map(({ call }) => call?.args)).to.deep.equal([[7n, LEAST]]);
  });

  it("accepts no amount where none is, and says so", async () => {
    const { moves } = await resolved(move("upTo", [0n], open({ amounts: [MOST + 1n] })), move("refuse", []));
    expect(moves.map(({ alternative }) => alternative)).to.deep.equal([undefined, undefined]);
  });

  it("finds amounts inside of structs and lists", async () => {
    const parts = [
      { kind: 1, amount: 3n },
      { kind: 7, amount: 0n },
    ];
    const position = { note: "0x1234567890", pair: [1n, 2n], parts };
    const within = open({ way: [0, "parts", 1, "amount"] });
    expect(await amounts(move("within", [position], within))).to.deep.equal([MOST]);
  });

  it("finds values, alone and together with the argument", async () => {
    // as much as the sender has
    const everything = open({ way: [], amounts: [10n ** 30n, 1n], steps: 90 });
    expect(await amounts(made("setMost", [10n ** 30n]), move("pay", [], everything))).to.deep.equal([parseEther("10")]);
    const both = open({ isValue: true, amounts: [10n ** 30n, 1n], steps: 90 });
    expect(await amounts(move("payExactly", [0n], both))).to.deep.equal([parseEther("10")]);
    // what went before is missing, so that calls never overdraw together
    const half = open({ way: [], share: 500_000, amounts: [10n ** 30n, 1n], steps: 90 });
    const [first, second] = await amounts(made("setMost", [10n ** 30n]), move("pay", [], half), move("pay", [], half));
    expect([first, second]).to.deep.equal([parseEther("5"), parseEther("2.5")]);
  });

  it("tells which calls leave their sender more coin", async () => {
    const pay = {
      kind: "move" as const,
      alternatives: [{ from: agentAddress("alice"), call: { ...callOf("pay", []), value: 5n } }],
    };
    const { moves } = await resolved(pay, move("giveBack", [5n]), move("giveBack", [0n]), move("giveBack", [1n]));
    expect(moves.map(({ alternative, isPaidCoin }) => [alternative, isPaidCoin])).to.deep.equal([
      [0, false],
      [0, true],
      [0, false],
      [undefined, false],
    ]);
  });

  it("tries each move behind those before it: a deposit, and the loan that it secures", async () => {
    const deposit = move("deposit", [0n], open());
    const borrow = move("borrow", [0n], open({ amounts: [10n ** 6n, 1n] }));
    expect(await amounts(borrow)).to.deep.equal([undefined]);
    expect(await amounts(deposit, borrow)).to.deep.equal([1_000n, 800n]);
    expect(await amounts(borrow, deposit, borrow, borrow)).to.deep.equal([undefined, 1_000n, 800n, undefined]);
    // everybody's own
    const ofBob = move("borrow", [0n], open({ amounts: [10n ** 6n, 1n] }), agentAddress("bob"));
    expect(await amounts(deposit, ofBob)).to.deep.equal([1_000n, undefined]);
  });

  it("makes what is made by others between them, whatever comes of it", async () => {
    const upTo = move("upTo", [0n], open());
    expect(await amounts(upTo, made("setMost", [7_777n]), made("refuse", []), upTo)).to.deep.equal([MOST, 7_777n]);
  });

  it("takes the first alternative that is accepted, and tells what it returned and how much gas it took", async () => {
    const alternatives = [move("refuse", []), move("upTo", [5n]), move("upTo", [6n])].flatMap((item) =>
      item.kind === "move" ? item.alternatives : [],
    );
    const { moves } = await resolved({ kind: "move", alternatives }, { kind: "move", alternatives: [] });
    expect(moves.map(({ alternative }) => alternative)).to.deep.equal([1, undefined]);
    expect(BigInt(moves[0]!.returned)).to.equal(6n);
    expect(Number(moves[0]!.gasUsed)).to.be.within(20_000, 100_000);
  });

  it("sees the time and the number of the coming block, and what else a block tells, as that block will", async () => {
    const { world } = on;
    const names = ["time", "height", "randao", "builder", "fee", "origin"];
    const { moves } = await resolved(...names.map((name) => move(name, [])));
    expect(moves.map(({ returned }) => BigInt(returned))).to.deep.equal([
      BigInt(coming(world).timestamp),
      BigInt(world.base.number + 1),
      BigInt(prevRandao(1)),
      BigInt(BLOCK_BUILDER),
      // as in every call that is not a transaction
      0n,
      0n,
    ]);
  });

  it("goes on where the gas of a call did not suffice, and refuses a move that takes more than a call has", async () => {
    const hungry = (gas: bigint, sought?: OpenAmount): ToResolve => move("burn", [5n, gas], sought);
    const seeking = hungry(1_000_000n, open({ amounts: [1_000n, 1n], steps: 3 }));
    const limit = made("setMost", [100n]);
    const [one, two, three] = await amounts(limit, seeking, seeking, seeking);
    for (const amount of [one, two, three]) expect(Number(amount)).to.be.within(32, 100);
    expect(await amounts(hungry(20_000_000n), move("upTo", [1n]))).to.deep.equal([undefined, 0n]);
    // behind what was found before the gas ran out
    const deposit = move("deposit", [0n], open());
    const borrow = move("borrow", [0n], open({ amounts: [10n ** 6n, 1n] }));
    const outcomes = await amounts(deposit, seeking, seeking, borrow);
    expect([outcomes[0], outcomes.at(-1)]).to.deep.equal([1_000n, 800n]);
  });

  it("seeks amounts of expensive calls less exactly, and goes on behind expensive refusals", async () => {
    const [amount = 0n] = await amounts(move("burn", [0n, 400_000n], open({ amounts: [10n ** 19n, 10n ** 17n, 1n] })));
    expect(amount > MOST / 2n && amount <= MOST, String(amount)).to.equal(true);
    const refused = Array.from({ length: 12 }, () => move("burn", [2n * MOST, 1_500_000n]));
    const alternatives = [...refused, move("upTo", [1n])].flatMap((item) =>
      item.kind === "move" ? item.alternatives : [],
    );
    const { moves } = await resolved({ kind: "move", alternatives }, move("upTo", [2n]));
    expect(moves.map(({ alternative }) => alternative)).to.deep.equal([12, 0]);
  });

  it("gives what was drawn as much gas as a transaction may have, and counts how often it is tried", async () => {
    const heavy = (gas: bigint, sought?: OpenAmount): ToResolve => move("burn", [5n, gas], sought);
    const { moves, trials } = await resolved(heavy(10_000_000n), move("upTo", [0n], open()));
    expect(moves.map(({ amount }) => amount)).to.deep.equal([0n, MOST]);
    expect(Number(moves[0]!.gasUsed)).to.be.within(10_000_000, 10_100_000);
    expect(trials).to.be.at.least(1);
    // behind one that left nothing of the gas of its call
    const after = [heavy(20_000_000n), heavy(10_000_000n), move("upTo", [7n])];
    const behind = await resolveMoves(on.lane, coming(on.lane), after);
    expect(behind.moves.map(({ alternative }) => alternative)).to.deep.equal([undefined, 0, 0]);
    // what is accepted counts, as no gas is left to come closer to the limit
    const sought = await resolved(heavy(10_000_000n, open({ amounts: [1_000n, 1n] })), move("upTo", [7n]));
    expect(sought.moves.map(({ amount }) => amount)).to.deep.equal([1_000n, 0n]);
    expect(sought.trials).to.equal(1);
  });

  it("comes to an end, whatever moves take", async () => {
    const endless = Array.from({ length: 30 }, () => move("burn", [0n, 20_000_000n], open()));
    const { moves, trials } = await resolveMoves(on.lane, coming(on.lane), endless);
    expect(moves.map(({ alternative }) => alternative)).to.deep.equal(endless.map(() => undefined));
    expect(trials).to.be.lessThan(60);
  });

  it("leaves nothing behind: no state, no transaction, no code of an account, no pinned time", async () => {
    const { world, lane, connection, target } = on;
    const alice = agentAddress("alice");
    const known = async ({ chain }: World) => [await chain.storage(target.address, "0x2"), await chain.account(alice)];
    const before = [await known(world), await known(lane)];
    await resolved(move("upTo", [0n], open()), move("pay", [], open({ way: [] })));
    expect([await known(world), await known(lane)]).to.deep.equal(before);
    for (const { chain, base } of [world, lane]) expect((await chain.latest()).number).to.equal(base.number);
    // a campaign can be stopped between a look ahead and its block
    await world.restore();
    await connection.provider.request({ method: "evm_mine" });
    const { timestamp, number } = await world.chain.latest();
    expect(number).to.equal(world.base.number + 1);
    expect(timestamp).to.be.lessThan(coming(world).timestamp);
    await world.restore();
  });
});
