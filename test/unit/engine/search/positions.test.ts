import type { Order, RunTally } from "../../../../src/engine/activity/run-tally.js";
import type { Genome, MoveGene } from "../../../../src/engine/events/genome.js";
import type { ActionContext } from "../../../../src/protocols/action.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../../src/agents/index.js";
import { solvent } from "../../../../src/conditions/index.js";
import { emptyTally, MOMENT, noteAfter, noteFlow } from "../../../../src/engine/activity/run-tally.js";
import { OrderOfActions } from "../../../../src/engine/search/order-of-actions.js";
import { withPositions } from "../../../../src/engine/search/positions.js";
import { buildCatalogue } from "../../../../src/engine/world/catalogue.js";
import { NOTHING_KNOWN } from "../../../../src/protocols/known-values.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { targetActions } from "../../../../src/target/actions.js";

const BLOCKS = 24;
const CRASH = 12;
const [PLEDGE, LEND, UNPLEDGE, SEIZE] = ["target.pledge", "target.lend", "target.unpledge", "target.seize"] as const;
const GIVE = "target.give";
const SETTLE = "target.settle";
const REPAY = "target.repay";
const NAMES = [SEIZE, LEND, UNPLEDGE, PLEDGE];

const abi = parseAbi([
  "function pledge(uint256 amount)",
  "function lend(uint256 amount)",
  "function unpledge(uint256 amount)",
  "function repay(uint256 amount)",
  "function seize(address account, uint256 amount)",
  "function settle(uint256 id)",
]);
const target = { name: "Bank", address: "0x00000000000000000000000000000000000000aa", abi } as const;
const scenario = buildScenario({
  name: "a crash",
  blocks: BLOCKS,
  assets: { ETH: { price: 2000 } },
  agents: [attacker()],
  conditions: [solvent()],
});
const around = {
  scenario,
  catalogue: buildCatalogue([], new Map([["target", targetActions(target, []).actions]])),
  events: [],
};

/** A run in which an agent did these things in this order, so many times. */
function runOf(times: number, ...order: readonly string[]): RunTally {
  const tally = emptyTally();
  const flows = {
    [PLEDGE]: ["pays", "weth"],
    [UNPLEDGE]: ["gets", "weth"],
    [LEND]: ["gets", "usdc"],
    [GIVE]: ["pays", "usdc"],
    [REPAY]: ["pays", "usdc"],
  } as const;
  for (const name of order) {
    const flow = (flows as Record<string, readonly ["pays" | "gets", string]>)[name];
    if (flow !== undefined) noteFlow(tally, name, flow[0], flow[1]);
  }
  for (let time = 0; time < times; time++) {
    const done = new Set<string>();
    for (const name of order) {
      if (name !== MOMENT) noteAfter(tally, name, done, done);
      done.add(name);
    }
  }
  return tally;
}

/** Loans that are seized after a moment, and settled after another. */
function auctions(times: number): RunTally {
  const tally = emptyTally();
  for (let time = 0; time < times; time++) {
    noteAfter(tally, PLEDGE, [], []);
    noteAfter(tally, LEND, [PLEDGE], [PLEDGE]);
    noteAfter(tally, SEIZE, [PLEDGE, LEND, MOMENT], [PLEDGE, LEND], [PLEDGE, LEND]);
    noteAfter(tally, SETTLE, [PLEDGE, LEND, SEIZE, MOMENT], [PLEDGE, LEND, SEIZE], [PLEDGE, LEND, SEIZE]);
  }
  return tally;
}

function orderOf(...runs: readonly RunTally[]): OrderOfActions {
  const order = new OrderOfActions();
  for (const run of runs) order.saw(run);
  order.grow();
  return order;
}

const LOANS = runOf(20, PLEDGE, LEND, MOMENT, SEIZE);
/** A loan that a price move has made unsound is put up for auction, and that is settled after some time. */
const AUCTIONS = auctions(20);
/** In nine runs of ten, something is given away before anything else. */
const EARLY = [LEND, SEIZE].flatMap((action) => {
  const actions = action === LEND ? [PLEDGE, LEND] : [action];
  return [runOf(18, GIVE, ...actions), runOf(2, ...actions)];
});
const EXITS = runOf(20, PLEDGE, UNPLEDGE);

function genome(seed: number): Genome {
  const market = [{ block: CRASH, asset: "ETH", change: -250_000 }];
  return { seed, blocks: BLOCKS, muted: [], market, oracles: [], moves: [] };
}

describe("the order of actions", () => {
  it("is what hardly ever was not done before, once it was seen often enough", () => {
    const known: Order = { times: 20, done: { [PLEDGE]: 20 }, anyone: { [PLEDGE]: 20 }, since: {} };
    expect(LOANS.after[LEND]).to.deep.equal(known);
    const { before } = orderOf(LOANS, EXITS);
    expect(before.get(PLEDGE)).to.deep.equal([]);
    expect(before.get(LEND)).to.deep.equal([PLEDGE]);
    expect(before.get(SEIZE)).to.deep.equal([MOMENT, LEND, PLEDGE]);
    expect(orderOf(runOf(2, PLEDGE, LEND)).before.get(LEND)).to.equal(undefined);
    // dust is lent without collateral, one time in twenty
    expect(orderOf(runOf(19, PLEDGE, LEND), runOf(1, LEND)).before.get(LEND)).to.deep.equal([PLEDGE]);
    expect(orderOf(runOf(19, PLEDGE, LEND), runOf(9, LEND)).before.get(LEND)).to.deep.equal([]);
  });

  it("leaves out what is done early in most runs, whatever comes after it", () => {
    const { before } = orderOf(...EARLY);
    expect(before.get(LEND)).to.deep.equal([PLEDGE]);
    expect(before.get(SEIZE)).to.deep.equal([]);
  });

  it("has what comes before what comes before", () => {
    const needs = orderOf(runOf(20, PLEDGE, LEND, SEIZE), runOf(20, PLEDGE, LEND, PLEDGE), runOf(20, GIVE, UNPLEDGE));
    expect(needs.before.get(SEIZE)).to.deep.equal([LEND, PLEDGE]);
  });

  it("has what others hardly ever had not done before, if that is no coincidence", () => {
    const seizures = emptyTally();
    for (let time = 0; time < 20; time++) noteAfter(seizures, SEIZE, [MOMENT], [PLEDGE, LEND]);
    const { before } = orderOf(LOANS, EXITS, seizures);
    expect(before.get(SEIZE)).to.deep.equal([MOMENT, LEND, PLEDGE]);
    expect(before.get(UNPLEDGE)).to.deep.equal([PLEDGE]);
  });

  it("knows what waits: an auction that prices opened is settled when time has passed since", () => {
    const { waits } = orderOf(AUCTIONS, LOANS);
    expect(waits.get(SETTLE)).to.deep.equal([LEND, PLEDGE, SEIZE]);
    expect([...waits.keys()]).to.deep.equal([SETTLE]);
    // as often as everything else comes behind a moment is a coincidence
    const late = emptyTally();
    for (const action of [LEND, UNPLEDGE, SETTLE]) {
      for (let time = 0; time < 20; time++) noteAfter(late, action, [PLEDGE, MOMENT], [PLEDGE], [PLEDGE]);
    }
    expect([...orderOf(late, runOf(20, PLEDGE)).waits.keys()]).to.deep.equal([]);
  });

  it("knows as gifts what is paid for nothing that anything needs", () => {
    expect(orderOf(...EARLY).gifts).to.deep.equal([GIVE]);
    expect(orderOf(runOf(20, PLEDGE, LEND), runOf(20, UNPLEDGE)).gifts).to.deep.equal([]);
  });

  it("does not depend on the order of the runs", () => {
    expect([...orderOf(LOANS, EXITS).before]).to.deep.equal([...orderOf(EXITS, LOANS).before]);
  });
});

/** Whether two moves are the same but for when they are made. */
function isTheSame(move: MoveGene, other: MoveGene): boolean {
  return move.luck === other.luck && move.operands.join() === other.operands.join();
}

describe("positions", () => {
  const learnt = { names: NAMES, callers: [], order: orderOf(LOANS, EXITS) };
  const runs = Array.from({ length: 400 }, (_, seed) => withPositions(around, genome(seed), learnt).moves);

  it("are in three runs of four, the same for the same run", () => {
    const share = runs.filter(({ length }) => length > 0).length / runs.length;
    expect(share).to.be.within(0.68, 0.82);
    expect(withPositions(around, genome(7), learnt)).to.deep.equal(withPositions(around, genome(7), learnt));
  });

  it("are mostly taken just before prices move, what comes first first, and what needs the move behind it", () => {
    const places = new Map<number, number>();
    for (const moves of runs) {
      for (const { action, block } of moves) {
        places.set(block, (places.get(block) ?? 0) + 1);
        if (action === SEIZE) expect(block).to.be.at.least(CRASH);
      }
      const actions = moves.map(({ action }) => action);
      for (const after of [LEND, UNPLEDGE, SEIZE]) {
        if (actions.includes(after)) expect(actions.indexOf(PLEDGE)).to.be.within(0, actions.indexOf(after) - 1);
      }
    }
    const share = (...blocks: readonly number[]): number =>
      blocks.reduce((sum, block) => sum + (places.get(block) ?? 0), 0) / runs.flat().length;
    expect(share(CRASH - 1)).to.be.within(0.4, 0.7);
    expect(share(CRASH)).to.be.within(0.2, 0.5);
    // a block after the other: what counts as of the block before
    expect(share(CRASH - 2, CRASH - 3, CRASH - 4)).to.be.within(0.05, 0.25);
  });

  it("come to a second moment where something waits: time passes there, if it may", () => {
    const order = orderOf(AUCTIONS);
    const known = { names: [SETTLE, ...NAMES], callers: [], order, terms: [7_200] };
    const genomes = Array.from({ length: 400 }, (_, seed) => withPositions(around, genome(seed), known));
    const behind = genomes.flatMap(({ moves, pauses = [] }) => {
      const [seized, settled] = [SEIZE, SETTLE].map((name) => moves.findIndex(({ action }) => action === name));
      const one = moves[seized ?? -1];
      const other = moves[settled ?? -1];
      if (one === undefined || other === undefined || one.block === CRASH - 1) return [];
      return [{ later: other.block > one.block, waits: pauses.some(({ block }) => block === other.block) }];
    });
    expect(behind.length).to.be.greaterThan(50);
    expect(behind.filter(({ later }) => later).length / behind.length).to.be.greaterThan(0.8);
    expect(behind.filter(({ waits }) => waits).length / behind.length).to.be.greaterThan(0.6);
  });

  it("are mostly as large as can be, and seldom give back what was paid in", () => {
    const moves = runs.flat();
    const count = (action: string): number => moves.filter((move) => move.action === action).length;
    expect(count(LEND)).to.be.greaterThan(2 * count(UNPLEDGE));
    expect(count(UNPLEDGE)).to.be.greaterThan(0);
    expect(moves.filter(({ extent }) => extent === "most").length / moves.length).to.be.within(0.5, 0.8);
  });

  it("are now and then the smallest at their limit: the least loan, and as much of the collateral taken back as can be", () => {
    const smallest = runs.filter((moves) =>
      moves.some((move, at) => {
        const next = moves[at + 1];
        return move.action === LEND && move.extent === "least" && next?.action === UNPLEDGE && next.extent === "most";
      }),
    );
    expect(smallest.length / runs.length).to.be.within(0.03, 0.15);
  });

  it("come to the least that may remain: a part of the least loan is paid back before the rest is taken", () => {
    const order = orderOf(runOf(20, PLEDGE, LEND), runOf(20, PLEDGE, LEND, REPAY), EXITS);
    const grown = runs.map((_, seed) => withPositions(around, genome(seed), { ...learnt, order }).moves);
    const paidBack = grown.filter((moves) =>
      moves.some(
        (move, at) =>
          move.action === LEND &&
          move.extent === "least" &&
          moves[at + 1]?.action === REPAY &&
          moves[at + 2]?.action === UNPLEDGE,
      ),
    );
    expect(paidBack.length / runs.length).to.be.greaterThan(0.02);
  });

  it("have, one time in three, something that is done again, at once or later", () => {
    const again = runs.flatMap((moves) =>
      moves.flatMap((move, at) => {
        const original = moves.find((other, before) => before < at && isTheSame(move, other));
        return original === undefined ? [] : [{ move, original }];
      }),
    );
    const having = runs.filter((moves) => moves.some((move, at) => moves.slice(0, at).some((o) => isTheSame(move, o))));
    expect(having.length / runs.length).to.be.within(0.2, 0.5);
    const isLater = ({ move, original }: (typeof again)[number]): boolean => move.block > original.block;
    expect(again.filter(isLater).length / again.length).to.be.within(0.15, 0.5);
  });

  it("are, one time in twelve, gone on with for another round: what is done again comes with all that follows it", () => {
    const roundsOf = (moves: readonly MoveGene[]): number =>
      moves.filter((move, at) => {
        const [before, next] = [moves.findIndex((one) => isTheSame(one, move)), moves[at + 1]];
        const after = moves[before + 1];
        if (before === at || next === undefined || after === undefined) return false;
        return (
          isTheSame(next, after) &&
          move.block > (moves[before]?.block ?? 0) &&
          next.block - move.block === after.block - (moves[before]?.block ?? 0)
        );
      }).length;
    expect(runs.filter((moves) => roundsOf(moves) > 0).length / runs.length).to.be.within(0.04, 0.15);
  });

  it("are, three times in ten, those of an agent that does nothing before", () => {
    const early: MoveGene = { block: 1, position: "front", agent: "attacker", action: UNPLEDGE, operands: [] };
    const late: MoveGene = { ...early, block: BLOCKS, action: SETTLE };
    const grown = runs.map((_, seed) => withPositions(around, { ...genome(seed), moves: [early, late] }, learnt).moves);
    const having = grown.filter(({ length }) => length > 2);
    const fresh = having.filter((moves) => !moves.includes(early));
    // of one or two positions a run
    expect(fresh.length / having.length).to.be.within(0.25, 0.55);
    for (const moves of having) expect(moves).to.include(late);
  });

  it("are mostly built as calls were that succeeded", () => {
    const known = [7, 77];
    const accepted = { [LEND]: [known] };
    const moves = runs.flatMap((_, seed) => withPositions(around, genome(seed), { ...learnt, accepted }).moves);
    const loans = moves.filter(({ action }) => action === LEND);
    expect(loans.filter(({ operands }) => operands === known).length / loans.length).to.be.within(0.5, 0.7);
  });

  it("are entered with a callback, three times in ten, where something calls back", () => {
    const callers = [LEND];
    const moves = runs.map((_, seed) => withPositions(around, genome(seed), { ...learnt, callers }).moves);
    const having = moves.filter((some) => some.some(({ inside }) => inside !== undefined)).length;
    expect(having / moves.filter((some) => some.length > 0).length).to.be.within(0.25, 0.55);
    for (const some of moves) {
      for (const [at, { inside, block, agent }] of some.entries()) {
        if (inside === undefined) continue;
        // one that comes again alone is made again after the moment
        if (some.slice(0, at).some((other) => isTheSame(some[at] ?? other, other))) continue;
        const outer = some.slice(0, at).findLast((move) => move.inside === undefined);
        expect(outer).to.include({ action: LEND, block, agent });
      }
    }
  });

  it("mostly name the same thing in all of their moves", () => {
    const numbered = parseAbi([
      "function pledge(uint256 sub, uint256 amount)",
      "function lend(uint256 sub, uint256 amount)",
    ]);
    const { actions } = targetActions({ ...target, abi: numbered }, []);
    const catalogue = buildCatalogue([], new Map([["target", actions]]));
    const self = "0x00000000000000000000000000000000000000cc";
    const context: ActionContext<unknown> = {
      view: undefined,
      self,
      balance: () => 1_000n,
      accounts: new Map([["self", self]]),
      contracts: new Map(),
      known: NOTHING_KNOWN,
    };
    const order = orderOf(runOf(20, PLEDGE, LEND));
    const named = Array.from({ length: 2000 }).flatMap((_, seed) => {
      const { moves } = withPositions({ ...around, catalogue }, genome(seed), { names: [], callers: [], order });
      const subOf = ({ action, operands }: MoveGene): unknown =>
        catalogue.get(action)?.action.build(operands, context)?.args[0];
      return moves.slice(1).flatMap((move, at) => {
        const before = moves[at];
        return before?.block === move.block ? [subOf(before) === subOf(move)] : [];
      });
    });
    expect(named.length).to.be.greaterThan(100);
    expect(named.filter((isSame) => isSame).length / named.length).to.be.greaterThan(0.6);
  });

  it("are none before anything is known", () => {
    expect(withPositions(around, genome(1), { names: [], callers: [], order: new OrderOfActions() })).to.deep.equal(
      genome(1),
    );
  });
});
