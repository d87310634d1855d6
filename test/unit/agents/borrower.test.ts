import { expect } from "chai";

import { borrower } from "../../../src/agents/borrower.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, dollars, ether, USDC, WETH } from "../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
const options = { collateral: "ETH", debt: "USDC", capital: 100 };

describe("borrower", () => {
  it("supplies all its collateral first", () => {
    const [intent] = ask(borrower(options), { price: 2_000, pool, self: { weth: 100 } });
    expect(intent!.call.function.name).to.equal("supply");
    expect(intent!.call.args.slice(0, 2)).to.deep.equal([WETH.address, ether(100)]);
  });

  it("then borrows up to its loan-to-value, and no more than Aave lends", () => {
    const supplied = { price: 2_000, pool, self: { supplied: 100 }, start: { weth: 100 }, block: 2 };
    const amount = (ltv: number): unknown => {
      const [intent] = ask(borrower({ ...options, ltv }), supplied);
      expect(intent!.call.function.name).to.equal("borrow");
      expect(intent!.call.args[0]).to.equal(USDC.address);
      return intent!.call.args[1];
    };
    expect(amount(0.7)).to.equal(dollars(140_000));
    // Aave lends 80 %; a thousandth of it stays, for what happens until the call is mined
    expect(amount(1)).to.equal(dollars(159_840));
  });

  it("holds, whatever happens", () => {
    const self = { supplied: 100, owed: 140_000, usdc: 140_000 };
    expect(ask(borrower(options), { price: 1_500, pool, self, start: { weth: 100 } })).to.deep.equal([]);
  });

  it("does not borrow again when its debt has been liquidated away", () => {
    const self = { supplied: 10, usdc: 140_000 };
    expect(ask(borrower(options), { price: 1_500, pool, self, start: { weth: 100 } })).to.deep.equal([]);
  });

  it("repays down to its loan-to-value if told to defend its position, as far as its balance allows", () => {
    const defended = borrower({ ...options, ltv: 0.6, repayBelow: 1.2 });
    const market = { pool, start: { weth: 100 }, self: { supplied: 100, owed: 120_000, usdc: 120_000 } };
    expect(ask(defended, { ...market, price: 1_900 })).to.deep.equal([]);
    const [intent] = ask(defended, { ...market, price: 1_700 });
    expect(intent!.call.function.name).to.equal("repay");
    expect(intent!.call.args[1]).to.equal(dollars(120_000 - 0.6 * 170_000));
    const [poor] = ask(defended, { ...market, self: { ...market.self, usdc: 500 }, price: 1_700 });
    expect(poor!.call.args[1]).to.equal(dollars(500));
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => borrower({ ...options, ltv: 0 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, ltv: 1.01 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, capital: -1 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, repayBelow: 0.9 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, addBelow: 0.9 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, reserve: -1 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, defaultBelow: 2 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, loops: 0.5 }));
    await failsWith("INVALID_OPTION", () => borrower({ ...options, ltvs: 1 } as never));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(borrower({ ...options, lending: "bank" }), { price: 1, pool }));
  });
});
