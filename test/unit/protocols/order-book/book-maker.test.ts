import type { ContractCall } from "../../../../src/protocols/index.js";
import type { NewOrder, RestingOrder } from "../../../../src/protocols/order-book/book-maker.js";

import { expect } from "chai";
import { parseEther, parseUnits } from "viem";

import { call } from "../../../../src/protocols/index.js";
import { orderBookAbi } from "../../../../src/protocols/order-book/abi.js";
import { bookMaker } from "../../../../src/protocols/order-book/book-maker.js";
import { SELF, USDC, WETH } from "../../../helpers/market-view.js";

const contract = { address: SELF, abi: orderBookAbi } as const;

function maker(orders: readonly RestingOrder[]) {
  return bookMaker({
    base: WETH,
    quote: USDC,
    bids: orders.filter(({ side }) => side === "bid"),
    asks: orders.filter(({ side }) => side === "ask"),
    ordersOf: () => orders,
    place: ({ side, price, amount }) =>
      call({ ...contract, functionName: "place", args: [side === "bid", price, amount] }),
    cancel: (id) => call({ ...contract, functionName: "cancel", args: [id] }),
  });
}

const deeds = (calls: readonly ContractCall[]): readonly (readonly unknown[])[] =>
  calls.map(({ function: { name }, args }) => [name, ...args]);
const order = (side: NewOrder["side"], price: string, amount: string): NewOrder => ({
  side,
  price: parseUnits(price, 6),
  amount: parseEther(amount),
});
const resting = (orders: readonly NewOrder[]): readonly RestingOrder[] =>
  orders.map((one, index) => ({ ...one, id: BigInt(index + 1), maker: SELF }));

const quotes = {
  price: 2_000,
  halfSpread: 0.01,
  levels: 2,
  own: [parseEther("100"), parseUnits("200000", 6)],
} as const;
const wanted = [
  order("bid", "1980", "50.505050505050505050"),
  order("bid", "1960", "51.020408163265306122"),
  order("ask", "2020", "50"),
  order("ask", "2040", "50"),
];

describe("a market maker's orders", () => {
  it("are spread evenly over levels around the middle, by hand", () => {
    // 100,000 dollars at each of 1,980 and 1,960
    expect(deeds(maker([]).quote(quotes, SELF))).to.deep.equal(
      wanted.map(({ side, price, amount }) => ["place", side === "bid", price, amount]),
    );
  });

  it("stay while they are as wanted, and are replaced together when one is not", () => {
    const made = maker(resting(wanted));
    expect(made.quote(quotes, SELF)).to.deep.equal([]);
    // a tenth of the half-spread is 0.1 %
    expect(made.quote({ ...quotes, price: 2_001 }, SELF)).to.deep.equal([]);
    expect(deeds(made.quote({ ...quotes, price: 2_005 }, SELF)).map(([name]) => name)).to.deep.equal([
      ...Array<string>(4).fill("cancel"),
      ...Array<string>(4).fill("place"),
    ]);
    const filled = resting([wanted[0]!, wanted[1]!, wanted[2]!, order("ask", "2040", "20")]);
    expect(maker(filled).quote(quotes, SELF)).to.have.length(8);
    expect(deeds(made.withdraw(SELF))).to.deep.equal([1n, 2n, 3n, 4n].map((id) => ["cancel", id]));
    // rounded up
    expect(made.quoted(SELF)).to.deep.equal([parseEther("100"), parseUnits("200000", 6)]);
  });

  it("are none of what it does not have, or cannot price", () => {
    const one = maker([]).quote({ ...quotes, own: [0n, parseUnits("200000", 6)] }, SELF);
    expect(one.map(({ args }) => args[0])).to.deep.equal([true, true]);
    expect(maker([]).quote({ ...quotes, price: Number.NaN }, SELF)).to.deep.equal([]);
    expect(maker([]).quote({ ...quotes, own: [0n, 0n] }, SELF)).to.deep.equal([]);
  });
});
