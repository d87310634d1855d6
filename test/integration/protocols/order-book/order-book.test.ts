import { expect } from "chai";
import { parseAbi, parseEther, parseUnits } from "viem";

import { orderBook } from "../../../../src/protocols/index.js";
import { give, person } from "../../../fixtures/give.js";
import { deployOrderBook } from "../../../fixtures/order-book.js";
import { bindToFork, sendCall } from "../../../helpers/bind-protocol.js";
import { failsWith } from "../../../helpers/errors.js";
import { forkForEach } from "../../../helpers/play-agents.js";

const bookAbi = parseAbi(["function bestPrice(bool isBid) view returns (uint256)"]);
const balanceAbi = parseAbi(["function balanceOf(address account) view returns (uint256)"]);

/** What a transaction fails with. */
async function refusal(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
  } catch (error) {
    return String(error);
  }
  return "nothing";
}

describe("orderBook", () => {
  const theFork = forkForEach();

  async function opened() {
    const fork = theFork();
    const taker = await person(fork, "taker");
    await give(fork, "WETH", taker, 1_000);
    await give(fork, "USDC", taker, 2_000_000);
    // a third that is no round number, and two orders of one price
    const ladder = {
      bids: [
        [1_990.123457, 1.000000001],
        [1_950, 60],
        [1_990.123457, 2.5],
      ],
      asks: [
        [2_050.5, 3],
        [2_010.000001, 0.333333333],
      ],
    } as const;
    const book = await deployOrderBook(fork, ladder);
    const maker = await person(fork, "maker");
    const bound = await bindToFork(fork, orderBook(book), { taker, maker });
    await bound.approve(taker);
    const balance = (token: "weth" | "usdc", account = taker) =>
      fork.chain.read({ address: fork.addresses[token], abi: balanceAbi }, "balanceOf", [account]);
    return { fork, taker, maker, book, bound, balance };
  }

  it("sees what rests, the best price first, and of one price the oldest first", async () => {
    const { bound, maker, fork, book } = await opened();
    const view = await bound.view();
    expect(view.bids.map(({ id, price }) => [id, price])).to.deep.equal([
      [1n, 1_990_123_457n],
      [3n, 1_990_123_457n],
      [2n, 1_950_000_000n],
    ]);
    expect(view.asks.map(({ id }) => id)).to.deep.equal([5n, 4n]);
    expect([view.bestBid, view.bestAsk]).to.deep.equal([1_990.123457, 2_010.000001]);
    expect(view.depth("bid")).to.deep.equal([
      { price: 1_990_123_457n, amount: parseEther("3.500000001") },
      { price: 1_950_000_000n, amount: parseEther("60") },
    ]);
    expect(view.ordersOf(maker)).to.have.length(5);
    // ether at 2,100 dollars: what the bids hold in dollars, and the asks in ether
    expect(await bound.value(maker, { ETH: 2_100, USDC: 1 })).to.be.closeTo(
      3.500000001 * 1_990.123457 + 60 * 1_950 + 3.333333333 * 2_100,
      1e-5,
    );
    expect(await fork.chain.read({ address: book, abi: bookAbi }, "bestPrice", [true])).to.equal(1_990_123_457n);
  });

  it("pays out its quotes, to the base unit, and leaves what it says", async () => {
    const { bound, taker, fork, balance } = await opened();
    const { weth, usdc } = fork.addresses;
    for (const [token, amountIn] of [
      ["weth", parseEther("0.7000000000000001")],
      ["weth", parseEther("2.123456789012345678")],
      ["usdc", 333_333n],
      ["usdc", parseUnits("5000.000007", 6)],
      // more than there is
      ["usdc", parseUnits("1000000", 6)],
      ["weth", parseEther("1000")],
    ] as const) {
      const other = token === "weth" ? "usdc" : "weth";
      const view = await bound.view();
      const tokenIn = fork.addresses[token];
      const before = await balance(other);
      const place = bound.definition.roles![0]!.play(view) as {
        after(...args: readonly unknown[]): { spotPrice(...args: readonly unknown[]): number };
      };
      const predicted = place.after(tokenIn, fork.addresses[other], amountIn);
      await sendCall(fork, taker, view.swap({ tokenIn, amountIn, minOut: view.amountOut(tokenIn, amountIn) }));
      expect((await balance(other)) - before, `${token} ${String(amountIn)}`).to.equal(
        view.amountOut(tokenIn, amountIn),
      );
      const { bestBid = 0, bestAsk } = await bound.view();
      expect(predicted.spotPrice(weth, usdc)).to.be.closeTo(bestBid, 1e-9);
      expect(predicted.spotPrice(usdc, weth)).to.be.closeTo(bestAsk === undefined ? 0 : 1 / bestAsk, 1e-12);
    }
    const { bids, asks } = await bound.view();
    expect([bids, asks]).to.deep.equal([[], []]);
  });

  it("takes only what it fills, and gives makers back what they do not need", async () => {
    const { bound, taker, maker, balance, book } = await opened();
    const view = await bound.view();
    const before = await balance("weth");
    await sendCall(theFork(), taker, view.sell("ETH", parseEther("1000")));
    expect(before - (await balance("weth"))).to.equal(parseEther("63.500000001"));
    for (const { id } of view.asks) await sendCall(theFork(), maker, view.cancel(id));
    expect([await balance("weth", book), await balance("usdc", book)]).to.deep.equal([0n, 0n]);
    expect(await refusal(sendCall(theFork(), taker, view.sell("ETH", 1n)))).to.include("NothingToDo");
  });

  it("refuses orders that would not rest, and cancellations by others", async () => {
    const { bound, taker } = await opened();
    const view = await bound.view();
    const price = parseUnits("2011", 6);
    expect(await refusal(sendCall(theFork(), taker, view.place({ side: "bid", price, amount: 1_000n })))).to.include(
      "Crosses",
    );
    expect(await refusal(sendCall(theFork(), taker, view.cancel(1n)))).to.include("NotYourOrder");
    const minOut = view.amountOut(theFork().addresses.weth, 1_000n) + 1n;
    const swap = view.swap({ tokenIn: theFork().addresses.weth, amountIn: 1_000n, minOut });
    expect(await refusal(sendCall(theFork(), taker, swap))).to.include("TooLittle");
  });

  it("offers market orders, orders that rest and their cancellation as free moves", async () => {
    const { bound, taker } = await opened();
    // a bid for half of the dollars, a quarter of the way down to half of the best ask
    await sendCall(theFork(), taker, (await bound.move("placeOrder", [0, 500_000, 500_000], taker))!);
    const [bid] = (await bound.view()).ordersOf(taker);
    expect(Number(bid!.price)).to.be.closeTo(0.75 * 2_010_000_001, 2);
    expect(Number(bid!.amount * bid!.price) / 1e24).to.be.closeTo(1_000_000, 1e-3);
    await sendCall(theFork(), taker, (await bound.move("placeOrder", [1_000_000, 1_000_000, 0], taker))!);
    expect((await bound.view()).ordersOf(taker).map(({ side }) => side)).to.deep.equal(["bid", "ask"]);
    await sendCall(theFork(), taker, (await bound.move("cancelOrder", [0], taker))!);
    expect((await bound.view()).ordersOf(taker).map(({ side }) => side)).to.deep.equal(["ask"]);
    expect(await bound.move("swap", [0, 1_000_000], taker)).to.equal(undefined);
    const swap = await bound.move("swap", [1_000_000, 500_000], taker);
    expect(swap?.function.name).to.equal("buy");
    expect((await bound.view()).swapIn(swap!)).to.include({ tokenIn: theFork().addresses.usdc });
    expect(await bound.move("cancelOrder", [0], theFork().addresses.users.whale)).to.equal(undefined);
  });

  it("reads as many orders as it is told to", async () => {
    const { book, fork, taker } = await opened();
    const view = await (await bindToFork(fork, orderBook(book, { orders: 1 }), { taker })).view();
    expect([view.bids.length, view.asks.length]).to.deep.equal([1, 1]);
    await failsWith("INVALID_OPTION", () => orderBook(book, { orders: 0 }));
    await failsWith("INVALID_OPTION", () => orderBook(book, { depth: 1 } as never));
  });

  it("says so where there is no book", async () => {
    const { usdcWeth } = theFork().addresses.uniswapV2;
    const error = await failsWith("UNSUPPORTED_PROTOCOL", () => bindToFork(theFork(), orderBook(usdcWeth), {}));
    expect(error.summary).to.match(/is no order book/);
  });
});
