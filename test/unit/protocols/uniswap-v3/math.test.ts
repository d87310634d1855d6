import { expect } from "chai";
import { parseEther } from "viem";

import {
  amount0Between,
  amount1Between,
  amountsOf,
  flashFee,
  liquidityFor,
  MAX_SQRT_RATIO,
  MAX_TICK,
  meanTick,
  MIN_SQRT_RATIO,
  MIN_TICK,
  priceOf,
  sqrtRatioAtTick,
  swapStep,
} from "../../../../src/protocols/uniswap-v3/math.js";

const ONE = 2n ** 96n;

/** The square root of a price, as v3-core's tests encode it. */
function sqrtRatio(amount1: bigint, amount0: bigint): bigint {
  const radicand = (amount1 * 2n ** 192n) / amount0;
  let root = 2n ** 96n;
  for (let next = (root + radicand / root) / 2n; next !== root; next = (root + radicand / root) / 2n) {
    if (next > root && next - root === 1n) break;
    root = next;
  }
  return root;
}

/** Expected values are those of v3-core's and v3-periphery's own tests, unless stated otherwise. */
describe("Uniswap V3's formulas", () => {
  it("give the square root of the price at a tick", () => {
    for (const [tick, expected] of [
      [MIN_TICK, MIN_SQRT_RATIO],
      [MIN_TICK + 1, 4295343490n],
      [MAX_TICK - 1, 1461373636630004318706518188784493106690254656249n],
      [MAX_TICK, MAX_SQRT_RATIO],
      [0, ONE],
      [50, 79426470787362580746886972461n],
      [100, 79625275426524748796330556128n],
      [250, 80224679980005306637834519095n],
      [500, 81233731461783161732293370115n],
      [-500, 77272108795590369356373805297n],
      [1_000, 83290069058676223003182343270n],
      [2_500, 89776708723587163891445672585n],
      [3_000, 92049301871182272007977902845n],
      [4_000, 96768528593268422080558758223n],
      [5_000, 101729702841318637793976746270n],
      [50_000, 965075977353221155028623082916n],
      [150_000, 143194173941309278083010301478497n],
      [250_000, 21246587762933397357449903968194344n],
      [500_000, 5697689776495288729098254600827762987878n],
      [738_203, 847134979253254120489401328389043031315994541n],
    ] as const) {
      expect(sqrtRatioAtTick(tick), String(tick)).to.equal(expected);
      // the second, cached request: the same
      expect(sqrtRatioAtTick(tick), String(tick)).to.equal(expected);
    }
    expect(priceOf(sqrtRatioAtTick(200_311))).to.be.closeTo(1.0001 ** 200_311, 1);
  });

  it("give the amounts between two prices", () => {
    const [low, high] = [ONE, sqrtRatio(121n, 100n)];
    const liquidity = parseEther("1");
    expect(amount0Between(low, high, liquidity, "up")).to.equal(90909090909090910n);
    expect(amount0Between(high, low, liquidity, "down")).to.equal(90909090909090909n);
    expect(amount1Between(low, high, liquidity, "up")).to.equal(100000000000000000n);
    expect(amount1Between(high, low, liquidity, "down")).to.equal(99999999999999999n);
    expect(amount0Between(low, high, 0n, "up")).to.equal(0n);
    expect(amount1Between(low, low, liquidity, "up")).to.equal(0n);
  });

  it("take a swap to its target and no further", () => {
    const target = sqrtRatio(101n, 100n);
    const terms = { liquidity: parseEther("2"), remaining: parseEther("1"), fee: 600n };
    expect(swapStep(ONE, target, terms)).to.deep.equal({
      sqrtPrice: target,
      amountIn: 9975124224178055n,
      fee: 5988667735148n,
      amountOut: 9925619580021728n,
    });
    const far = swapStep(ONE, sqrtRatio(1_000n, 100n), terms);
    expect(far).to.deep.include({
      amountIn: 999400000000000000n,
      fee: 600000000000000n,
      amountOut: 666399946655997866n,
    });
  });

  it("count what rounding leaves as a fee", () => {
    const liquidity = 1985041575832132834610021537970n;
    expect(swapStep(2413n, 79887613182836312n, { liquidity, remaining: 10n, fee: 1872n })).to.deep.equal({
      sqrtPrice: 2413n,
      amountIn: 0n,
      fee: 10n,
      amountOut: 0n,
    });
  });

  it("move the price by an amount, even if the precise formula overflows", () => {
    const after = (amount: bigint, liquidity: bigint, zeroForOne: boolean): bigint =>
      swapStep(ONE, zeroForOne ? 1n : MAX_SQRT_RATIO, { liquidity, remaining: amount, fee: 0n }).sqrtPrice;
    expect(after(parseEther("0.1"), parseEther("1"), false)).to.equal(87150978765690771352898345369n);
    expect(after(parseEther("0.1"), parseEther("1"), true)).to.equal(72025602285694852357767227579n);
    expect(after(2n ** 100n, parseEther("10"), true)).to.equal(624999999995069620n);
    expect(after((2n ** 256n - 1n) / 2n, 1n, true)).to.equal(1n);
  });

  it("give the liquidity of amounts, within a range, below it and above it", () => {
    const ends = [sqrtRatio(100n, 110n), sqrtRatio(110n, 100n)] as const;
    expect(liquidityFor(ONE, ends, [100n, 200n])).to.equal(2148n);
    expect(liquidityFor(sqrtRatio(99n, 110n), ends, [100n, 200n])).to.equal(1048n);
    expect(liquidityFor(sqrtRatio(111n, 100n), ends, [100n, 200n])).to.equal(2097n);
    expect(liquidityFor(ends[0], ends, [100n, 200n])).to.equal(1048n);
    expect(liquidityFor(ends[1], ends, [100n, 200n])).to.equal(2097n);
  });

  it("give the amounts of liquidity, within a range, below it and above it", () => {
    const ends = [sqrtRatio(100n, 110n), sqrtRatio(110n, 100n)] as const;
    expect(amountsOf(ONE, ends, 2148n)).to.deep.equal([99n, 99n]);
    expect(amountsOf(sqrtRatio(99n, 110n), ends, 1048n)).to.deep.equal([99n, 0n]);
    expect(amountsOf(sqrtRatio(111n, 100n), ends, 2097n)).to.deep.equal([0n, 199n]);
  });

  it("round a flash loan's fee up", () => {
    expect([0n, 1n, 2_000n, 2_001n].map((amount) => flashFee(amount, 500n))).to.deep.equal([0n, 1n, 1n, 2n]);
  });

  it("round the mean tick down, also below zero", () => {
    expect(meanTick(7n, 12n, 2)).to.equal(2);
    expect(meanTick(-7n, -12n, 2)).to.equal(-3);
    expect(meanTick(12n, 0n, 4)).to.equal(-3);
    expect(meanTick(0n, 0n, 4)).to.equal(0);
  });
});
