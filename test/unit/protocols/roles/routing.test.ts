import type { RouteRequest } from "../../../../src/protocols/roles/routing.js";
import type { Venue } from "../../../../src/protocols/roles/venue.js";

import { expect } from "chai";

import { route } from "../../../../src/protocols/roles/routing.js";
import { ether, USDC, venuesOf, WETH } from "../../../helpers/market-view.js";

const ethForDollars = { tokenIn: WETH.address, tokenOut: USDC.address };

function request(reserves: readonly number[], amount: number, fixedCost = 0): RouteRequest {
  const [first = 0, ...others] = reserves.map((weth) => ({ weth, usdc: weth * 2_000 }));
  const pools = Object.fromEntries(others.map((pool, index) => [`pool${index + 2}`, pool]));
  const venues = venuesOf({ pool: first === 0 ? { weth: 1, usdc: 1 } : first, pools });
  return { venues, ...ethForDollars, amountIn: ether(amount), fixedCost: () => fixedCost * 1e6 };
}

/** The marginal output of each leg, dollars. */
function marginalPrices(asked: RouteRequest): readonly number[] {
  const step = ether(0.01);
  return route(asked).legs.map(({ venue, amountIn }) => {
    const quote = (amount: bigint): number => Number(venue.quote(WETH.address, USDC.address, amount));
    return (quote(amountIn + step) - quote(amountIn - step)) / 1e6 / 0.02;
  });
}

describe("route", () => {
  it("splits an amount pro rata if pools have the same price, like a single pool of their combined size", () => {
    const { legs, amountOut } = route(request([3_000, 1_000], 400));
    expect(legs.map(({ name }) => name)).to.deep.equal(["pool", "pool2"]);
    // x / (R + γ x) is the same on both: the amounts are proportional to the reserves
    expect(Number(legs[0]!.amountIn) / 1e18).to.be.closeTo(300, 300e-5);
    expect(legs[0]!.amountIn + legs[1]!.amountIn).to.equal(ether(400));
    const [whole] = route(request([4_000], 400)).legs;
    expect(Number(amountOut) / Number(whole!.amountOut)).to.be.closeTo(1, 1e-9);
  });

  it("equalises all marginal prices", () => {
    const { venues } = request([1_000, 400, 50], 0);
    const skewed = venuesOf({
      pool: { weth: 1_000, usdc: 2_000_000 },
      pools: { pool2: { weth: 400, usdc: 820_000 }, pool3: { weth: 90, usdc: 175_000 } },
    });
    for (const each of [venues, skewed]) {
      const prices = marginalPrices({ venues: each, ...ethForDollars, amountIn: ether(120) });
      expect(prices).to.have.length(3);
      // 1e-9 of the gain is about 3e-5 of the price, since gains are of second order
      expect(Math.max(...prices) / Math.min(...prices)).to.be.closeTo(1, 5e-5);
    }
  });

  it("does as well as the best split on a grid, including fixed costs", () => {
    for (const fixedCost of [0, 20, 100, 400]) {
      const asked = request([1_000, 500, 120], 60, fixedCost);
      const [one, two, three] = [...asked.venues.values()];
      const out = (venue: typeof one, parts: number): number =>
        parts === 0 ? 0 : Number(venue!.quote(WETH.address, USDC.address, ether(parts * 0.6))) / 1e6 - fixedCost;
      let best = 0;
      for (let a = 0; a <= 100; a++) {
        for (let b = 0; a + b <= 100; b++) best = Math.max(best, out(one, a) + out(two, b) + out(three, 100 - a - b));
      }
      expect(route(asked).net / 1e6).to.be.at.least(best - 1e-6);
    }
  });

  it("leaves out a venue that costs more than it adds", () => {
    const cheap = route(request([1_000, 100], 10, 0.5));
    const expensive = route(request([1_000, 100], 10, 500));
    expect(cheap.legs).to.have.length(2);
    expect(expensive.legs.map(({ name }) => name)).to.deep.equal(["pool"]);
    expect(expensive.net).to.be.closeTo(Number(expensive.amountOut) - 500e6, 1);
  });

  it("uses a venue that cannot take everything for a part", () => {
    const asked = request([1_000, 1_000], 100);
    const [one, two] = [...asked.venues.values()] as [Venue, Venue];
    const capped: Venue = { ...two, quote: (a, b, amount) => (amount > ether(30) ? 0n : two.quote(a, b, amount)) };
    const { legs } = route({
      ...asked,
      venues: new Map([
        ["capped", capped],
        ["open", one],
      ]),
    });
    expect(legs.map(({ name }) => name)).to.deep.equal(["capped", "open"]);
    expect(Number(legs[0]!.amountIn) / 1e18).to.be.closeTo(30, 0.01);
    expect(route({ ...asked, venues: new Map([["capped", capped]]) }).legs).to.deep.equal([]);
  });

  it("finds no route if no venue trades the pair", () => {
    const { legs, amountOut } = route({ ...request([1_000], 1), tokenOut: `0x${"77".repeat(20)}` });
    expect(legs).to.deep.equal([]);
    expect(amountOut).to.equal(0n);
  });
});
