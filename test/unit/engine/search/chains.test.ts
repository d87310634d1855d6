import type { RunTally } from "../../../../src/engine/activity/run-tally.js";
import type { Link } from "../../../../src/engine/search/link.js";

import { expect } from "chai";

import { emptyTally, noteAfter, noteFlow } from "../../../../src/engine/activity/run-tally.js";
import { chainOf } from "../../../../src/engine/search/chains.js";
import { OrderOfActions } from "../../../../src/engine/search/order-of-actions.js";
import { createRandom } from "../../../../src/market/random.js";

/** Shares of a pool, which are pledged or redeemed: the pool calls its caller back. */
const [ENTER, PLEDGE, BORROW, REDEEM, MERGE, FREE] = ["enter", "pledge", "borrow", "redeem", "merge", "free"] as const;

const CHAINS = 2_000;

function runOf(...order: readonly string[]): RunTally {
  const tally = emptyTally();
  for (let time = 0; time < 20; time++)
    for (const [at, name] of order.entries()) noteAfter(tally, name, order.slice(0, at), order.slice(0, at));
  for (const [name, pays, gets] of [
    [ENTER, "weth", "shares"],
    [PLEDGE, "shares", undefined],
    [BORROW, undefined, "usdc"],
    [REDEEM, "shares", undefined],
    [FREE, undefined, "shares"],
  ] as const) {
    if (pays !== undefined) noteFlow(tally, name, "pays", pays);
    if (gets !== undefined) noteFlow(tally, name, "gets", gets);
  }
  return tally;
}

function chainsOf(
  runs: readonly RunTally[],
  { callers = [], two = [] }: { readonly callers?: readonly string[]; readonly two?: readonly string[] },
): readonly (readonly Link[])[] {
  const order = new OrderOfActions();
  for (const run of runs) order.saw(run);
  order.grow();
  const offered = new Set<string>([ENTER, PLEDGE, BORROW, REDEEM, MERGE, FREE]);
  const random = createRandom(1);
  return Array.from({ length: CHAINS }, () =>
    chainOf(
      { names: [], order, callers },
      { offered, isCalledBack: callers.length > 0, takesTwo: (action) => two.includes(action) },
      random,
    ),
  );
}

describe("chains", () => {
  const called = chainsOf([runOf(ENTER, PLEDGE, BORROW), runOf(ENTER, REDEEM), runOf(ENTER, PLEDGE, FREE)], {
    callers: [REDEEM],
  });

  it("have in them what something that is done in a callback needs, whatever the call itself does", () => {
    const lent = called.filter((chain) => chain.some(({ action, depth }) => action === BORROW && depth === 1));
    expect(lent.length / CHAINS).to.be.greaterThan(0.03);
    for (const chain of lent) {
      const actions = chain.map(({ action }) => action);
      expect(actions).to.include.members([ENTER, PLEDGE, REDEEM]);
      expect(actions.indexOf(PLEDGE)).to.be.within(actions.indexOf(ENTER), actions.indexOf(BORROW));
    }
    const there = lent.filter((chain) => chain.some(({ action, depth }) => action === PLEDGE && depth === 1));
    expect(there.length / lent.length).to.be.within(0.2, 0.4);
  });

  it("mostly do not spend all of a token on one thing if something later is paid with it, too", () => {
    const both = called.filter((chain) =>
      chain.some(({ action }, at) => action === PLEDGE && chain[at + 1]?.action === REDEEM),
    );
    const allOf = (chain: readonly Link[], action: string): boolean =>
      chain.find((link) => link.action === action)?.extent === "most";
    expect(both.length).to.be.greaterThan(100);
    expect(both.filter((chain) => allOf(chain, PLEDGE)).length / both.length).to.be.within(0.1, 0.25);
    expect(both.filter((chain) => allOf(chain, REDEEM)).length / both.length).to.be.greaterThan(0.5);
  });

  it("take something out of both in the end, where one thing is done to two of a kind", () => {
    const runs = [runOf(ENTER, PLEDGE, BORROW), runOf(ENTER, PLEDGE, MERGE), runOf(ENTER, PLEDGE, FREE)];
    const outs = (chains: readonly (readonly Link[])[]): number => {
      const merged = chains.filter((chain) => chain.some(({ action }) => action === MERGE));
      const isTwice = (chain: readonly Link[]): boolean => {
        const after = chain.slice(chain.findLastIndex(({ action }) => action === MERGE) + 1);
        return after.filter(({ action }) => action === BORROW || action === FREE).length > 1;
      };
      return merged.filter(isTwice).length / merged.length;
    };
    expect(outs(chainsOf(runs, { two: [MERGE] }))).to.be.greaterThan(0.3);
    expect(outs(chainsOf(runs, {}))).to.be.lessThan(0.1);
  });
});
