import type { BorrowerOptions } from "../../../src/agents/index.js";
import type { Play } from "../../helpers/play-agents.js";

import { expect } from "chai";

import { borrower } from "../../../src/agents/index.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** Of WETH on the mini mainnet. */
const THRESHOLD = 0.825;
/** What ether costs at first. */
const PRICE = 2_000;

describe("borrowers", () => {
  const theFork = forkForEach();

  async function play(options: Partial<BorrowerOptions>, moves: Play["moves"], blocks = 6) {
    const agents = [borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.75, ...options })];
    const { deeds, view } = await playAgents(theFork(), { agents, blocks, moves });
    const { positions } = view.all(lendingMarket).get("lending")!;
    const position = positions.find(({ account }) => account === agentAddress("borrower"))!;
    return {
      did: deeds.map((deed) => deed.replace(" borrower", "")),
      position,
      shortfall: view.shortfalls.get("lending")!,
    };
  }

  const opened = ["1 supply", "2 borrow"];
  const fall = [{ block: 3, change: -60_000 }];

  it("add collateral from their reserve, just enough", async () => {
    const { did, position } = await play({ addBelow: 1.05, reserve: 20 }, fall);
    expect(did).to.deep.equal([...opened, "4 supply"]);
    expect(position.healthFactor).to.be.closeTo(THRESHOLD / 0.75, 1e-4);
    const [collateral] = position.collateral;
    expect(Number(collateral!.amount) / 1e18).to.be.closeTo(100 / 0.94, 1e-3);
  });

  it("repay when the reserve is used up", async () => {
    const { did, position } = await play({ addBelow: 1.05, repayBelow: 1.05, reserve: 1 }, fall);
    expect(did).to.deep.equal([...opened, "4 supply", "5 repay"]);
    expect(position.healthFactor).to.be.closeTo(THRESHOLD / 0.75, 1e-4);
  });

  it("do nothing while they are healthy, or if they have no defence", async () => {
    const defended = { addBelow: 1.05, repayBelow: 1.05, reserve: 20 };
    expect((await play(defended, [{ block: 3, change: -40_000 }])).did).to.deep.equal(opened);
    expect((await play({}, fall)).did).to.deep.equal(opened);
  });

  it("walk away when underwater, and leave the market with bad debt", async () => {
    const crash = [{ block: 3, change: -300_000 }];
    const defended = await play({ repayBelow: 1.05, defaultBelow: -1 }, crash);
    expect(defended.did).to.deep.equal([...opened, "4 repay"]);
    const abandoned = await play({ repayBelow: 1.05 }, crash);
    expect(abandoned.did).to.deep.equal(opened);
    const without = await playAgents(theFork(), { agents: [], blocks: 6, moves: crash });
    expect(abandoned.shortfall - without.view.shortfalls.get("lending")!).to.be.closeTo(
      0.75 * 100 * PRICE - 100 * 0.7 * PRICE,
      1,
    );
    expect(abandoned.shortfall - defended.shortfall).to.be.closeTo(0.75 * 100 * PRICE - 100 * 0.7 * PRICE, 1);
  });

  it("walk away earlier if told to, and do not come back", async () => {
    const moves = [...fall, { block: 5, change: 60_000 }, { block: 6, change: -60_000 }];
    const terms = { repayBelow: 1.1 };
    expect((await play({ ...terms, defaultBelow: 0.21 }, moves, 8)).did).to.deep.equal(opened);
    expect((await play({ ...terms, defaultBelow: 0.2 }, moves, 8)).did).to.include("4 repay");
  });

  it("build up leverage in loops", async () => {
    const [ltv, loops] = [0.7, 3];
    const { did, position } = await play({ capital: 1, ltv, loops }, [], 12);
    const loop = ["swapExactTokensForTokens", "supply", "borrow"];
    expect(did.map((deed) => deed.split(" ")[1])).to.deep.equal([
      ...["supply", "borrow"],
      ...[...loop, ...loop, ...loop].slice(0, -1),
    ]);
    // each dollar of debt buys 0.997 dollars of ether; three ether in all do not move a pool of a thousand
    const kept = 0.997 * ltv;
    const collateral = (1 - kept ** (loops + 1)) / (1 - kept);
    expect(position.collateralUsd / PRICE).to.be.closeTo(collateral, 0.005);
    expect(position.debtUsd / PRICE).to.be.closeTo((collateral - 1) / 0.997, 0.005);
  });
});
