import type { Address } from "viem";

import type { ScenarioDefinition } from "../../../src/scenario/index.js";
import type { ContagionResult, Siege, Target } from "../../../src/types.js";

import path from "node:path";

import { expect } from "chai";

import { readReproduction } from "../../../src/engine/reproduction/store.js";
import { poolAbi } from "../../fixtures/linked-pools.js";
import { BIDS, BOOK_POOLS, bookWorld, deployBookPools } from "../../fixtures/order-book.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

type Name = keyof typeof BOOK_POOLS;

/** What both pools lose after some sales, by hand: each takes the best bids that are left, and values its collateral at the next. */
function byHand(shocked: readonly Name[]): Readonly<Record<Name, number>> {
  const ladder = BIDS.map(([price, amount]) => ({ price, amount }));
  const state = { left: { ...BOOK_POOLS.left }, right: { ...BOOK_POOLS.right } } as Record<
    Name,
    { collateral: number; debt: number }
  >;
  for (const name of shocked) {
    const pool = state[name];
    while (pool.collateral > 0 && ladder.length > 0) {
      const best = ladder[0]!;
      const filled = Math.min(pool.collateral, best.amount);
      pool.collateral -= filled;
      pool.debt -= filled * best.price;
      best.amount -= filled;
      if (best.amount === 0) ladder.shift();
    }
  }
  const short = ({ collateral, debt }: { collateral: number; debt: number }): number =>
    Math.max(0, debt - collateral * ladder[0]!.price);
  return { left: short(state.left), right: short(state.right) };
}

const rows = ({ matrix }: ContagionResult): readonly (readonly [string, string, number])[] =>
  matrix.map(({ from, to, loss }) => [from, to, loss.value] as const);

/** What docs/contagion.md exports. */
interface Documented {
  linked(definition: ScenarioDefinition, left: Address, right: Address): ScenarioDefinition;
  onBook(siege: Siege, left: Target, definition: ScenarioDefinition, book: Address): Promise<ContagionResult>;
}

describe("contagion through an order book", () => {
  const theFork = siegeForkForSuite();
  let code: Documented;
  before(async () => {
    code = (await documentedCode("docs/contagion.md")) as unknown as Documented;
  });

  /** Runs the code of the page, and returns what it prints. */
  async function documented(): Promise<{ readonly result: ContagionResult; readonly lines: readonly string[] }> {
    const fork = theFork();
    const { books, left, right } = await deployBookPools(fork);
    const { protocols: _protocols, shocks: _shocks, ...market } = bookWorld(fork, { books, left, right });
    const definition = code.linked(market, left, right);
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(...line.split("\n"));
    try {
      const target = { address: left, abi: poolAbi };
      return { result: await code.onBook(fork.connection.siege, target, definition, books[0]!), lines };
    } finally {
      console.log = log;
    }
  }

  it("is the ladder that a sale leaves to the others, to the cent, and replays", async () => {
    const { result, lines } = await documented();
    // left sells 40 at 1,990 and 60 at 1,950: 196,600 of 198,000 dollars; to right 50 ether are then worth 1,900 each
    expect(byHand(["left"])).to.deep.equal({ left: 1_400, right: 4_200 });
    // right sells 40 at 1,990 and 10 at 1,950: 99,100 of 99,200; left values at the 50 that are left at 1,950
    expect(byHand(["right"])).to.deep.equal({ left: 3_000, right: 100 });
    expect(rows(result)).to.deep.equal([
      ["left", "left", 1_400],
      ["left", "right", 4_200],
      ["right", "left", 3_000],
      ["right", "right", 100],
    ]);
    const { left, right } = byHand(["left", "right"]);
    expect(result.amplification?.together.value).to.equal(left + right);
    expect(result.amplification?.factor?.value).to.be.closeTo(5_600 / 1_500, 1e-12);
    expect(result.edges.map(({ from, to }) => `${from} ${to}`)).to.deep.equal(["left right", "right left"]);
    if (process.env.SIEGE_PRINT) console.log(lines.join("\n"));
    // but for the seconds, and the place and the hashes of files
    for (const line of lines.filter((one) => !/siege replay| s$/.test(one))) {
      expect(textOf("docs/contagion.md")).to.include(`${line}\n`);
    }
    const { siege } = theFork().connection;
    for (const { from, to, reproduction } of result.edges) {
      expect(path.basename(path.dirname(reproduction!))).to.equal("contagion");
      const { finding } = await readReproduction(path.resolve(reproduction!));
      expect(finding.trace.steps.map(({ kind }) => kind)).to.deep.equal([`shock.${from}`]);
      expect(finding.violation.cause).to.equal(`loss of ${to}/${to}`);
      expect((await siege.replay(reproduction!)).kind).to.equal("violation");
    }
  });

  it("vanishes if each has a book of its own", async () => {
    const fork = theFork();
    const pools = await deployBookPools(fork, { apart: true });
    const { siege } = fork.connection;
    const target = { address: pools.left, abi: poolAbi };
    const result = await siege.contagion(target, siege.scenario(bookWorld(fork, pools)), { paths: 2 });
    expect(rows(result)).to.deep.equal([
      ["left", "left", 1_400],
      ["left", "right", 0],
      ["right", "left", 0],
      ["right", "right", 100],
    ]);
    expect(result.amplification?.factor?.value).to.equal(1);
    expect(result.edges).to.deep.equal([]);
  });
});
