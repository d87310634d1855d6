import { expect } from "chai";

import { liquidators } from "../../../src/agents/liquidators.js";
import { failsWith } from "../../helpers/errors.js";
import { ask } from "../../helpers/market-view.js";

const market = {
  price: 1_900,
  pool: { weth: 100_000, usdc: 190_000_000 },
  debtor: { supplied: 100, owed: 158_500 },
  self: { usdc: 1_000_000 },
  baseFee: 20,
};

function tips(options: Parameters<typeof liquidators>[0]): readonly bigint[] {
  return liquidators(options).map((agent) => ask(agent, market)[0]!.tip!);
}

describe("a fleet of liquidators", () => {
  it("gives each its own, or all the same", () => {
    const fleet = liquidators({ count: 2, name: "bot", capital: [{ USDC: 1 }, { USDC: 2 }] });
    expect(fleet.map(({ name }) => name)).to.deep.equal(["bot 1", "bot 2"]);
    expect(fleet.map(({ capital }) => capital)).to.deep.equal([{ USDC: 1 }, { USDC: 2 }]);
    expect(liquidators({ count: 2, capital: { USDC: 3 } }).map(({ capital }) => capital)).to.deep.equal([
      { USDC: 3 },
      { USDC: 3 },
    ]);
  });

  it("bids (n - 1) / n of the profit by default: nothing if alone, half in pairs", () => {
    const [alone] = tips({ count: 1 });
    expect(alone).to.equal(10n ** 9n);
    const [all] = tips({ count: 1, bid: 1 });
    const half = tips({ count: 2 });
    expect(half[0]).to.equal(half[1]);
    expect(Number(half[0]! - alone!) / Number(all! - alone!)).to.be.closeTo(0.5, 1e-6);
  });

  it("leaves no profit to a liquidator that bids all of it, which then stays away if it wants one", () => {
    const [everything] = liquidators({ count: 1, bid: 1, minProfit: 1 });
    expect(ask(everything!, market)).to.deep.equal([]);
  });

  it("bids no more than it can pay for", () => {
    // 100 ether for 1,000,000 gas, of which the base fee takes 20 gwei
    const [greedy] = liquidators({ count: 1, bid: 1, capital: {} });
    const huge = { ...market, debtor: { supplied: 1e6, owed: 1.585e9 }, self: { usdc: 1e9 } };
    const pool = { weth: 1e9, usdc: 1.9e12 };
    expect(ask(greedy!, { ...huge, pool })[0]!.tip).to.equal(10n ** 14n - 20n * 10n ** 9n);
  });

  it("refuses lists of the wrong length, and unknown options", async () => {
    await failsWith("INVALID_OPTION", () => liquidators({ count: 2, bid: [0.5] }));
    await failsWith("INVALID_OPTION", () => liquidators({ count: 0 }));
    await failsWith("INVALID_OPTION", () => liquidators({ count: 1, bid: 1.1 }));
    await failsWith("INVALID_OPTION", () => liquidators({ count: 1, delay: 0.5 }));
    await failsWith("INVALID_OPTION", () => liquidators({ count: 1, tip: 3 } as never));
  });
});
