import { expect } from "chai";
import { parseEther, parseUnits } from "viem";

import { boughtFrom, levelsOf, soldTo } from "../../../../src/protocols/order-book/math.js";

const UNIT = 10n ** 18n;
const level = (price: string, amount: string) => ({ price: parseUnits(price, 6), amount: parseEther(amount) });
const dollars = (amount: string) => parseUnits(amount, 6);

describe("an order book", () => {
  const bids = [level("1990", "40"), level("1950", "60")];
  const asks = [level("2010", "10"), level("2050", "10")];

  it("fills a sale best price first, by hand", () => {
    // 40 · 1,990 + 25 · 1,950
    const { out, left } = soldTo(bids, parseEther("65"), UNIT);
    expect(out).to.equal(dollars("128350"));
    expect(left).to.deep.equal([level("1950", "35")]);
  });

  it("fills a purchase cheapest first, by hand", () => {
    // 20,100 for 10, then 10,250 for half of the next
    const { out, left } = boughtFrom(asks, dollars("30350"), UNIT);
    expect(out).to.equal(parseEther("15"));
    expect(left).to.deep.equal([level("2050", "5")]);
  });

  it("pays nothing for what it does not take", () => {
    expect(soldTo(bids, parseEther("1000"), UNIT)).to.deep.equal({ out: dollars("196600"), left: [] });
    expect(boughtFrom(asks, dollars("1000000"), UNIT)).to.deep.equal({ out: parseEther("20"), left: [] });
    expect(soldTo([], 1n, UNIT).out).to.equal(0n);
  });

  it("rounds in favour of what rests", () => {
    // a wei is worth less than a base unit of dollars
    expect(soldTo(bids, 1n, UNIT).out).to.equal(0n);
    const third = [{ price: 3n, amount: UNIT / 2n }];
    expect(boughtFrom(third, 1n, UNIT).out).to.equal(UNIT / 3n);
    // 1.5 base units are asked for the whole
    expect(boughtFrom(third, 2n, UNIT).out).to.equal(UNIT / 2n);
  });

  it("has one level for all orders of a price", () => {
    expect(levelsOf([level("1990", "1"), level("1990", "2"), level("1980", "3")])).to.deep.equal([
      level("1990", "3"),
      level("1980", "3"),
    ]);
  });
});
