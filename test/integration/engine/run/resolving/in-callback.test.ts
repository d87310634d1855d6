import type { Inside } from "../../../../../src/engine/run/free-move.js";
import type { Resolution, ToResolve } from "../../../../../src/engine/run/resolving/resolve.js";
import type { OpenAmount, OpenCall } from "../../../../../src/protocols/open-amount.js";
import type { Probed } from "../../../../helpers/probed.js";

import { expect } from "chai";
import { getAbiItem } from "viem";

import { defineAgent } from "../../../../../src/agents/agent.js";
import { prevRandao } from "../../../../../src/engine/chain/prev-randao.js";
import { giveCode } from "../../../../../src/engine/run/called-back-in.js";
import { resolveMoves } from "../../../../../src/engine/run/resolving/resolve.js";
import { agentAddress } from "../../../../../src/view/accounts.js";
import { probed } from "../../../../helpers/probed.js";

const ALICE = agentAddress("alice");

const most: OpenAmount = {
  way: [0],
  isValue: false,
  seeks: "most",
  share: 1_000_000,
  amounts: [10n ** 18n, 10n ** 6n, 100n, 1n],
  steps: 60,
};
const least: OpenAmount = { ...most, seeks: "least", amounts: [1n, 1_000n, 10n ** 18n] };

/** Moves that are made in the callback of another. */
describe("the resolver, in a callback", () => {
  let on: Probed;

  before(async () => {
    on = await probed("Hatch", [defineAgent({ role: "alice", name: "alice", native: 10, act: () => undefined })]);
    for (const world of [on.world, on.lane]) await giveCode(world, ["alice"]);
  });
  after(() => on.close());

  const call = (name: string, ...args: readonly (bigint | OpenAmount)[]): OpenCall => {
    const item = getAbiItem({ abi: on.target.abi, name });
    if (item?.type !== "function") throw new Error(name);
    const open = args.find((arg) => typeof arg === "object");
    return {
      to: on.target.address,
      function: item,
      args: args.map((arg) => (typeof arg === "object" ? 7n : arg)),
      ...(open === undefined ? {} : { open }),
    };
  };
  const inside = (
    outer: OpenCall | readonly OpenCall[],
    moves: readonly (OpenCall | readonly OpenCall[])[],
    how: Partial<Inside> = {},
  ): ToResolve => ({
    kind: "calledBack",
    from: ALICE,
    outer: [outer].flat(),
    inside: moves.map((ways) => ({
      ways: [ways].flat(),
      how: { callback: 1, answer: "nothing", same: false, ...how },
    })),
  });
  const plain = (one: OpenCall): ToResolve => ({ kind: "move", alternatives: [{ from: ALICE, call: one }] });

  /** On the user's chain and on a lane, which have to agree. */
  const resolved = async (...items: readonly ToResolve[]): Promise<Resolution> => {
    const coming = (base: { readonly timestamp: number }) => ({
      timestamp: base.timestamp + 100,
      baseFee: 1n,
      prevRandao: prevRandao(1),
    });
    const faithful = await resolveMoves(on.world, coming(on.world.base), items);
    expect(await resolveMoves(on.lane, coming(on.lane.base), items)).to.deep.equal(faithful);
    return faithful;
  };
  /** What each became. */
  const outcomes = async (...items: readonly ToResolve[]): Promise<readonly string[]> =>
    (await resolved(...items)).moves.map(({ call: made }) =>
      made === undefined ? "refused" : `${made.function.name}(${made.args.join()})`,
    );

  it("finds the largest amount that is accepted there", async () => {
    expect(await outcomes(plain(call("take", most)))).to.deep.equal(["take(10)"]);
    expect(await outcomes(inside(call("open"), [call("take", most)]))).to.deep.equal(["open()", "take(1000)"]);
    const second = inside(call("open"), [call("take", most)], { callback: 2 });
    expect(await outcomes(second)).to.deep.equal(["open()", "take(5000)"]);
  });

  it("resolves each behind those before it, inside and outside", async () => {
    const two = inside(call("open"), [call("take", { ...most, share: 250_000 }), call("take", most)]);
    expect(await outcomes(plain(call("take", 4n)), two, plain(call("take", most)))).to.deep.equal([
      "take(4)",
      "open()",
      "take(250)",
      "take(750)",
      "take(10)",
    ]);
  });

  it("takes the first way that is accepted there", async () => {
    const ways = [call("close"), call("take", 1_001n), call("take", 999n), call("call")];
    expect(await outcomes(inside(call("open"), [ways]))).to.deep.equal(["open()", "take(999)"]);
  });

  it("refuses what the callback refuses, or what waits for one that does not come, and makes the call", async () => {
    expect(await outcomes(inside(call("open"), [call("close")]))).to.deep.equal(["open()", "refused"]);
    expect(await outcomes(inside(call("call"), [call("take", most)]))).to.deep.equal(["call()", "refused"]);
    const fourth = inside(call("open"), [call("take", most)], { callback: 4 });
    expect(await outcomes(fourth)).to.deep.equal(["open()", "refused"]);
    const mixed = inside(call("open"), [call("close"), call("take", most)]);
    expect(await outcomes(mixed, plain(call("call")))).to.deep.equal(["open()", "refused", "take(1000)", "call()"]);
  });

  it("accepts nothing inside that makes the call around it fail", async () => {
    const ways = [call("take", 1n), call("call")];
    expect(await outcomes(inside(call("watch"), [ways]))).to.deep.equal(["watch()", "call()"]);
    expect(await outcomes(inside(call("watch"), [call("take", 1n)]))).to.deep.equal(["watch()", "refused"]);
  });

  it("makes a call that is refused without another inside it: with as much, or with as little as is needed", async () => {
    expect(await outcomes(inside(call("lend", most), [call("give", 5n)]))).to.deep.equal(["refused", "refused"]);
    expect(await outcomes(inside(call("lendFreely", most), [call("give", 5n)]))).to.deep.equal([
      "lendFreely(900)",
      "give(900)",
    ]);
    expect(await outcomes(inside(call("lend", 500n), [call("give", least)]))).to.deep.equal(["lend(500)", "give(550)"]);
    // and behind it, in the same callback
    const more = inside(call("lend", 500n), [call("give", least), call("call")]);
    expect(await outcomes(more)).to.deep.equal(["lend(500)", "give(550)", "call()"]);
  });

  it("gives a move inside the amount of the call around it", async () => {
    const same = inside(call("lendFreely", 8n), [call("give", 5n), call("take", 5n), call("take", 1n)], { same: true });
    // the last gets what is left as it was drawn
    expect(await outcomes(same)).to.deep.equal(["lendFreely(8)", "give(8)", "take(8)", "take(1)"]);
  });

  it("takes an error code for a refusal, of the call inside and of the one around it", async () => {
    const coded = (one: OpenCall): OpenCall => ({ ...one, code: 0 });
    expect(await outcomes(plain(coded(call("takeOrSay", most))))).to.deep.equal(["takeOrSay(10)"]);
    expect(await outcomes(plain(coded(call("takeOrSay", 11n))), plain(call("takeOrSay", 12n)))).to.deep.equal([
      "refused",
      "takeOrSay(12)",
    ]);
    expect(await outcomes(inside(call("open"), [coded(call("takeOrSay", most))]))).to.deep.equal([
      "open()",
      "takeOrSay(1000)",
    ]);
    expect(await outcomes(inside(coded(call("openOrSay")), [call("take", most)]))).to.deep.equal([
      "openOrSay()",
      "take(300)",
    ]);
  });

  describe("inside a call that is itself made in a callback", () => {
    /** `outer { ways[0] { ways[1] { … } } }` */
    const deep = (outer: OpenCall, ...moves: readonly OpenCall[]): ToResolve => ({
      kind: "calledBack",
      from: ALICE,
      outer: [outer],
      inside: moves.map((one, at) => ({
        ways: [one],
        how: { callback: at === 2 ? 2 : 1, answer: "nothing", same: false, depth: at + 1 },
      })),
    });

    /** The amount is sought less exactly: calls inside each other take so much gas that a call has room for few trials. */
    const nearly = (limit: bigint, amount: bigint) => {
      expect(amount <= limit && 10n * amount >= 8n * limit, `${amount} of ${limit}`).to.equal(true);
    };

    it("finds what is accepted there, two and three deep", async () => {
      const two = await resolved(deep(call("open"), call("open"), call("take", most)));
      expect(two.moves.map(({ depth }) => depth)).to.deep.equal([undefined, 1, 2]);
      nearly(1_000n, two.moves[2]!.amount);
      // in the second callback of the innermost
      const three = await resolved(deep(call("open"), call("open"), call("open"), call("take", 4_000n)));
      expect(three.moves.map(({ depth }) => depth)).to.deep.equal([undefined, 1, 2, 3]);
    });

    it("is made behind one that does not call back, in the callback around it", async () => {
      const { moves } = await resolved(deep(call("open"), call("call"), call("take", most)));
      expect(moves.map(({ depth, amount }) => [depth, amount])).to.deep.equal([
        [undefined, 0n],
        [1, 0n],
        [1, 1_000n],
      ]);
    });

    it("makes a call inside that is refused without another inside of it", async () => {
      const { moves } = await resolved(deep(call("open"), call("lendFreely", most), call("give", 5n)));
      const [, lent, given] = moves;
      nearly(900n, lent!.amount);
      expect(given).to.deep.include({ amount: lent!.amount, depth: 2 });
    });

    it("refuses what makes one of the calls around it fail", async () => {
      expect(await outcomes(deep(call("open"), call("watch"), call("take", 1n)))).to.deep.equal([
        "open()",
        "watch()",
        "refused",
      ]);
    });
  });

  it("is looked for first as it was drawn, then as what stands in for it", async () => {
    const refused = inside([call("lend", 901n), call("open")], [call("take", most)]);
    expect(await outcomes(refused)).to.deep.equal(["open()", "take(1000)"]);
    expect(await outcomes(inside(call("lend", 901n), [call("take", most)]))).to.deep.equal(["refused", "refused"]);
  });

  it("counts every call that is tried", async () => {
    const { trials } = await resolved(inside(call("call"), [call("call")]));
    expect(trials).to.equal(0);
    // two amounts, three bisections, and whether what is made is accepted
    const { trials: sought } = await resolved(
      inside(call("open"), [call("take", { ...most, amounts: [1_024n, 1n], steps: 3 })]),
    );
    expect(sought).to.equal(6);
  });
});
