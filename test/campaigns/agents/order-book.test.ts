import type { Rung } from "../../fixtures/order-book.js";
import type { Play, Played } from "../../helpers/play-agents.js";

import { expect } from "chai";
import { parseEther } from "viem";

import { arbitrageur, liquidator, marketMaker, panicSeller, retail } from "../../../src/agents/index.js";
import { orderBook } from "../../../src/protocols/index.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { deployOrderBook } from "../../fixtures/order-book.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** Dollars, base units, for ether that is sold to bids, by hand: rounded down at each. */
function proceeds(bids: readonly Rung[], sold: bigint): bigint {
  let [left, out] = [sold, 0n];
  for (const [price, amount] of bids) {
    const filled = left < parseEther(String(amount)) ? left : parseEther(String(amount));
    out += (filled * BigInt(price * 1e6)) / 10n ** 18n;
    left -= filled;
  }
  return out;
}

describe("agents on an order book", () => {
  const theFork = forkForEach();

  async function played(ladder: Parameters<typeof deployOrderBook>[1], play: Omit<Play, "protocols">): Promise<Played> {
    const book = await deployOrderBook(theFork(), ladder);
    return playAgents(theFork(), { ...play, protocols: { book: orderBook(book) } });
  }
  const gained = ({ views, view }: Played, agent: string, token: "weth" | "usdc", since = 0): bigint => {
    const [address, self] = [theFork().addresses[token], agentAddress(agent)];
    return view.balance(address, self) - views[since]!.balance(address, self);
  };

  it("sell what they seized to bids that rest there since before: n levels of the ladder, to the base unit", async () => {
    const bids: readonly Rung[] = [
      [1_870, 20],
      [1_860, 20],
      [1_850, 50],
    ];
    const agents = [liquidator({ capital: { USDC: 200_000 }, venues: ["book"] })];
    // alice's health factor falls from 1.041 to 0.979
    const run = await played({ bids }, { agents, blocks: 3, moves: [{ block: 1, change: -60_000 }] });
    expect(run.deeds).to.deep.equal(["2 liquidator liquidationCall", "3 liquidator sell"]);
    const seized = run.views[2]!.balance(theFork().addresses.weth, agentAddress("liquidator"));
    // half of 158,500 dollars at 1,880, and the bonus
    expect(Number(seized) / 1e18).to.be.within(43, 45);
    expect(gained(run, "liquidator", "weth")).to.equal(0n);
    expect(gained(run, "liquidator", "usdc", 2)).to.equal(proceeds(bids, seized));
    const [left] = run.view.at(orderBook).bids;
    expect(left).to.deep.include({ price: 1_850_000_000n, amount: parseEther("90") - seized });
  });

  it("panic into it, and route over it and a pool", async () => {
    const seller = panicSeller({ asset: "ETH", capital: { ETH: 100 }, drop: 0.01, share: 1, venues: ["book"] });
    const moves = [{ block: 1, change: -20_000 }];
    const bids: readonly Rung[] = [
      [1_990, 40],
      [1_950, 100],
    ];
    const run = await played({ bids }, { agents: [seller], blocks: 1, moves });
    expect(run.deeds).to.deep.equal(["1 panic seller sell"]);
    // 40 · 1,990 + 60 · 1,950
    expect(gained(run, "panic seller", "usdc")).to.equal(196_600n * 10n ** 6n);

    const router = panicSeller({ asset: "ETH", capital: { ETH: 100 }, drop: 0.01, share: 1 });
    const routed = await played({ bids }, { agents: [router], blocks: 1, moves });
    expect([...routed.deeds].sort()).to.deep.equal(["1 panic seller sell", "1 panic seller swapExactTokensForTokens"]);
    expect(Number(gained(routed, "panic seller", "usdc"))).to.be.above(196_600e6);
    // the pool's marginal price after its fee is where the book's second level is: 2,000 · 0.997 / (1 + x / 1,000)² = 1,950
    const toBook = Number(
      parseEther("140") - routed.view.at(orderBook).bids.reduce((sum, { amount }) => sum + amount, 0n),
    );
    const toPool = 1_000 * (Math.sqrt((2_000 * 0.997) / 1_950) - 1);
    expect(100 - toBook / 1e18).to.be.closeTo(toPool, 0.05);
  });

  it("close the gap between resting orders and the fair price", async () => {
    const asks: readonly Rung[] = [
      [1_900, 10],
      [1_980, 10],
      [2_100, 10],
    ];
    const agents = [arbitrageur({ capital: { USDC: 100_000 }, venues: ["book"] })];
    const run = await played({ asks }, { agents, blocks: 2 });
    expect(run.deeds).to.deep.equal(["1 arbitrageur buy"]);
    // its capital would have bought more: the third level is above the fair price. It finds the size to a dollar
    expect(Number(gained(run, "arbitrageur", "weth")) / 1e18).to.be.closeTo(20, 1e-3);
  });

  it("make the market: quote, are filled, and cancel and replace", async () => {
    const maker = marketMaker({
      pool: "book",
      asset: "ETH",
      capital: { ETH: 100, USDC: 200_000 },
      halfSpread: 0.01,
      levels: 2,
      maxVolatility: 0.01,
    });
    const first = await played({}, { agents: [maker], blocks: 2 });
    expect(first.deeds).to.deep.equal(Array<string>(4).fill("1 market maker place"));
    expect([first.view.at(orderBook).bestBid, first.view.at(orderBook).bestAsk]).to.deep.equal([1_980, 2_020]);
    // its orders are its own
    expect(first.worthOf("market maker")).to.be.closeTo(first.views[0]!.price("ETH") * 200 + 200_000, 2_000);

    // ether falls by half a percent in the second block: not more than it bears
    const moves = [{ block: 2, change: -5_000 }];
    const second = await played({}, { agents: [maker], blocks: 2, moves });
    expect(second.deeds.slice(4)).to.deep.equal([
      ...Array<string>(4).fill("2 market maker cancel"),
      ...Array<string>(4).fill("2 market maker place"),
    ]);
    expect(second.view.at(orderBook).bestBid).to.be.closeTo(1_990 * 0.99, 1e-4);

    // a sale of 5 fills a part of its first bid; having 5 more than before, it asks for less: 2,000 · (1 - 0.01 · 5 / 10)
    const seller = panicSeller({ asset: "ETH", capital: { ETH: 5 }, drop: 0.001, share: 1, venues: ["book"] });
    const third = await played(
      {},
      {
        agents: [maker, seller],
        blocks: 3,
        moves: [
          { block: 2, change: -1_500 },
          { block: 3, change: 1_502 },
        ],
      },
    );
    expect(third.deeds).to.include("2 panic seller sell");
    expect(third.deeds.filter((deed) => deed.startsWith("3 market maker cancel"))).to.have.length(4);
    expect(third.view.at(orderBook).bestAsk).to.be.closeTo(2_000 * 0.995 * 1.01, 0.2);
  });

  it("withdraw from it when the market moves too much", async () => {
    const maker = marketMaker({ pool: "book", asset: "ETH", capital: { ETH: 100, USDC: 200_000 } });
    const run = await played({}, { agents: [maker], blocks: 3, moves: [{ block: 2, change: -50_000 }] });
    expect(run.deeds).to.deep.equal([
      ...Array<string>(2).fill("1 market maker place"),
      ...Array<string>(2).fill("2 market maker cancel"),
    ]);
    expect([gained(run, "market maker", "weth"), gained(run, "market maker", "usdc")]).to.deep.equal([0n, 0n]);
  });

  it("place, cancel and take as ordinary users, as the search chooses", async () => {
    const move = (block: number, action: string, operands: readonly number[]) => ({
      block,
      agent: "retail",
      action,
      operands,
      position: "back" as const,
    });
    const run = await played(
      { asks: [[2_000, 10]] },
      {
        agents: [retail({ capital: { USDC: 10_000 } })],
        blocks: 3,
        free: [
          move(1, "book.placeOrder", [0, 500_000, 100_000]),
          move(2, "book.cancelOrder", [0]),
          move(3, "book.swap", [1_000_000, 1_000_000]),
        ],
      },
    );
    expect(run.deeds).to.deep.equal(["1 retail place", "2 retail cancel", "3 retail buy"]);
    expect(gained(run, "retail", "weth")).to.equal(parseEther("5"));
  });
});
