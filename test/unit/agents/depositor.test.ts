import type { Market } from "../../helpers/market-view.js";

import { expect } from "chai";

import { depositor } from "../../../src/agents/depositor.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, askInTurn, dollars, ether, WETH } from "../../helpers/market-view.js";

const options = { market: "lending", asset: "ETH", capital: 50 };
const pool = { weth: 1_000, usdc: 2_000_000 };

/** A market with this much ether supplied in total, 50 of it by the depositor. */
function lent(weth: number, supplied = 50): Market {
  return { price: 2_000, pool, self: { supplied }, lent: { weth, usdc: 1e7 } };
}

function withdrawn(agent: ReturnType<typeof depositor>, ...markets: readonly Market[]): readonly unknown[] {
  return askInTurn(agent, markets).map(([intent]) => intent?.call.args[1]);
}

describe("depositor", () => {
  it("deposits all it has in the first block, and waits as long as no one withdraws", () => {
    const first = { ...lent(1_000, 0), self: { weth: 50 } };
    const [[deposit] = [], ...later] = askInTurn(depositor(options), [first, lent(1_050), lent(1_051), lent(1_200)]);
    expect(deposit!.call.function.name).to.equal("supply");
    expect(deposit!.call.args.slice(0, 2)).to.deep.equal([WETH.address, ether(50)]);
    expect(later.flat()).to.deep.equal([]);
  });

  it("runs when others have withdrawn more than its threshold, and does not change its mind", () => {
    const agent = depositor({ ...options, withdrawals: 0.2 });
    // the others' 1,000 become 850, then 790
    const [...asked] = withdrawn(agent, lent(1_050), lent(900), lent(840), lent(1_050));
    expect(asked).to.deep.equal([undefined, undefined, ether(50), ether(25)]);
  });

  it("counts withdrawals from the peak of deposits, not from the start", () => {
    const agent = depositor({ ...options, withdrawals: 0.2 });
    expect(withdrawn(agent, lent(550), lent(1_050), lent(800))).to.deep.equal([undefined, undefined, ether(50)]);
  });

  it("asks for less after a failed withdrawal, and for more after a successful one", () => {
    const agent = depositor({ ...options, impatience: 1 });
    const asked = withdrawn(
      agent,
      lent(1_050, 50),
      lent(1_050, 50),
      lent(1_050, 50),
      lent(1_050, 37.5),
      lent(1_050, 0),
    );
    expect(asked).to.deep.equal([ether(50), ether(25), ether(12.5), ether(18.75), undefined]);
  });

  it("runs when the share price of a vault has fallen too far below its peak", () => {
    const agent = depositor({ vault: "vault", asset: "USDC", capital: 50, sharePriceDrop: 0.02 });
    const blocks = [1, 1.1, 1.08, 1.07].map((sharePrice): Market => ({
      ...lent(1_000),
      vault: { sharePrice, own: 50, others: 100 },
    }));
    const deeds = askInTurn(agent, blocks).map(([intent]) => intent?.call);
    expect(deeds.map((deed) => deed?.function.name)).to.deep.equal([undefined, undefined, undefined, "redeem"]);
    expect(deeds[3]!.args[0]).to.equal(dollars(50));
  });

  it("does not even deposit if too much is lent out", () => {
    const market = (borrowed: number): Market => ({
      ...lent(5_000, 0),
      // the helper's own position in dollars is what it owes; none here
      lent: { weth: 5_000, usdc: 1_000_000, borrowed },
    });
    const inDollars = depositor({ market: "lending", asset: "USDC", capital: 1, utilisation: 0.9 });
    expect(ask(inDollars, { ...market(890_000), self: { usdc: 1 } })).to.have.length(1);
    expect(ask(inDollars, { ...market(910_000), self: { usdc: 1 } })).to.deep.equal([]);
  });

  it("needs its money with the given probability", () => {
    const agent = depositor({ ...options, impatience: 0.3 });
    let runs = 0;
    for (let seed = 0; seed < 1_000; seed++) runs += ask(agent, { ...lent(1_050), block: 2 }, seed).length;
    // five standard errors
    expect(Math.abs(runs / 1_000 - 0.3)).to.be.lessThan(5 * Math.sqrt(0.21 / 1_000));
  });

  it("pays the given priority fee, so that it is served first", () => {
    const [intent] = ask(depositor({ ...options, impatience: 1, tip: 30 }), { ...lent(1_050), block: 2 });
    expect(intent!.tip).to.equal(30_000_000_000n);
    expect(intent!.call.args[1]).to.equal(ether(50));
  });

  it("refuses options that do not exist, contradict each other or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => depositor({ ...options, vault: "vault" }));
    await failsWith("INVALID_OPTION", () => depositor({ ...options, withdrawals: 2 }));
    await failsWith("INVALID_OPTION", () => depositor({ ...options, tip: -1 }));
    await failsWith("INVALID_OPTION", () => depositor({ ...options, fear: 1 } as never));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(depositor({ ...options, market: "nowhere" }), lent(1)));
  });
});
