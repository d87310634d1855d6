import type { Agent } from "../../../src/agents/index.js";
import type { MoveGene } from "../../../src/engine/events/genome.js";

import { expect } from "chai";

import { attacker, flashLoanAttacker } from "../../../src/agents/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** Of what there is, and the last of a list: a move's operand. */
const ALL = 1_000_000;

type Behind = Pick<MoveGene, "action" | "luck" | "operands">;

describe("a flash-loan attacker", () => {
  const theFork = forkForEach();

  /** It borrows all the dollars of Aave, buys ether with them, and has to sell it again to pay back. */
  async function play(agent: Agent, inside: readonly Behind[] = [{ action: "pool.swap", operands: [0, ALL] }]) {
    const { usdc } = theFork().addresses;
    const gene = { block: 1, agent: "thief", position: "front" as const };
    const { deeds, view } = await playAgents(theFork(), {
      agents: [agent],
      blocks: 1,
      free: [{ action: "lending.flashLoan", operands: [ALL, ALL] }, ...inside].map((move) => ({ ...gene, ...move })),
    });
    const [reserve] = view.at(uniswapV2).reservesFrom(usdc);
    return { deeds, pool: Number(reserve) / 1e6, has: Number(view.balance(usdc, view.accounts.get("thief")!)) / 1e6 };
  }

  it("moves millions with only the fees as capital, in one transaction; without the loan it moves nothing", async () => {
    const capital = { USDC: 100_000 };
    const { deeds, pool, has } = await play(flashLoanAttacker({ name: "thief", capital }));
    expect(deeds).to.deep.equal(["1 thief raid"]);
    expect(pool).to.be.greaterThan(2_000_000);
    expect(has).to.be.within(80_000, 95_000);
    // who lends calls back, and an account without code does not answer
    expect(await play(attacker({ name: "thief", capital }))).to.deep.include({ pool: 2_000_000, has: 100_000 });
  });

  it("reverts entirely if it cannot repay the loan", async () => {
    const { deeds, pool, has } = await play(flashLoanAttacker({ name: "thief" }));
    expect(deeds).to.deep.equal(["1 thief raid failed"]);
    expect([pool, has]).to.deep.equal([2_000_000, 0]);
  });

  it("makes what the state accepts of a move that it refuses behind the loan, as of any other", async () => {
    const thief = flashLoanAttacker({ name: "thief", capital: { USDC: 100_000 } });
    // there is nothing to withdraw: without luck, which stands for what else to try, the move is left out, and so is the loan
    const refused = { action: "lending.withdraw", operands: [0, ALL] };
    expect((await play(thief, [refused])).deeds).to.deep.equal([]);
    const others = [];
    for (const luck of [8, 68, 128]) others.push((await play(thief, [{ ...refused, luck }])).deeds);
    expect(others.flat()).to.include("1 thief raid");
  });

  it("does not borrow if the loan has no use", async () => {
    const { deeds, pool } = await play(flashLoanAttacker({ name: "thief", capital: { USDC: 100_000 } }), []);
    expect(deeds).to.deep.equal([]);
    expect(pool).to.equal(2_000_000);
  });
});
