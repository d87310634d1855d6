import type { Process } from "../../../../src/market/index.js";

import { expect } from "chai";

import { gbm, merton } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { failsWith } from "../../../helpers/errors.js";
import { endsOf, expectMean, expectMoments, logReturnsOf, YEAR } from "../../../helpers/estimates.js";
import { priceOfCall } from "../../../helpers/european.js";

const CRASHES = { volatility: 0.6, jumpsPerYear: 40, jumpMean: -0.08, jumpDeviation: 0.1, drift: 0.1 };
const OFF = { ...CRASHES, jumpsPerYear: 0 };

describe("merton", () => {
  it("has the moments of its log returns, to the fourth", () => {
    const { volatility, jumpsPerYear, jumpMean: m, jumpDeviation: d, drift } = CRASHES;
    const dt = 5 / 365;
    const returns = logReturnsOf(merton(CRASHES), { blocks: 50, blockTime: dt * YEAR, paths: 3_000 });
    const variance = (volatility ** 2 + jumpsPerYear * (m ** 2 + d ** 2)) * dt;
    expectMoments(returns, {
      mean: (drift - volatility ** 2 / 2 - jumpsPerYear * (Math.expm1(m + d ** 2 / 2) - m)) * dt,
      variance,
      third: jumpsPerYear * (m ** 3 + 3 * m * d ** 2) * dt,
      fourth: 3 * variance ** 2 + jumpsPerYear * (m ** 4 + 6 * m ** 2 * d ** 2 + 3 * d ** 4) * dt,
    });
  });

  it("grows by its drift on average, jumps included", () => {
    expectMean(
      endsOf(merton(CRASHES), { blocks: 10, blockTime: YEAR / 40, paths: 20_000 }),
      Math.exp(0.1 / 4),
      "growth",
    );
  });

  // Haug, as in QuantLib's tests: total volatility 0.25, of whose variance a share is that of the jumps; they are 1 on average
  for (const [strike, expiry, jumpsPerYear, share, price] of [
    [80, 0.1, 1, 0.25, 20.67],
    [100, 0.5, 1, 0.25, 8.95],
    [100, 0.5, 10, 0.25, 9.03],
    [120, 0.5, 5, 0.75, 2.21],
  ] as const) {
    it(`prices a call at ${String(strike)} with ${String(jumpsPerYear)} jumps a year as Haug does`, () => {
      const jumpVariance = (share * 0.25 ** 2) / jumpsPerYear;
      const process = merton({
        volatility: 0.25 * Math.sqrt(1 - share),
        jumpsPerYear,
        jumpMean: -jumpVariance / 2,
        jumpDeviation: Math.sqrt(jumpVariance),
        drift: 0.08,
      });
      const { mean, error } = priceOfCall(process, { spot: 100, strike, rate: 0.08, expiry, blocks: 4, paths: 60_000 });
      // it is printed with two digits
      expect(mean).to.be.closeTo(price, 3 * error + 0.005);
      expect(error).to.be.lessThan(0.1);
    });
  }

  it("prices a call on what may lose 60 % in one jump as Surkov does", () => {
    const process = merton({ volatility: 0.15, jumpsPerYear: 0.1, jumpMean: -0.9, jumpDeviation: 0.45, drift: 0.05 });
    const call = { spot: 100, strike: 100, rate: 0.05, expiry: 0.25, blocks: 4, paths: 60_000 };
    const { mean, error } = priceOfCall(process, call);
    expect(mean).to.be.closeTo(4.391243, 3 * error);
    expect(error).to.be.lessThan(0.03);
  });

  it("keeps the noise of its diffusion without jumps", () => {
    const place = { blocks: 2_000, blockTime: 3_600, paths: 1 };
    const [on, off] = [merton(CRASHES), merton(OFF)].map((process) => logReturnsOf(process, place));
    const compensation = (40 * Math.expm1(-0.08 + 0.1 ** 2 / 2) * place.blockTime) / YEAR;
    const jumps = on!.map((value, index) => value + compensation - off![index]!);
    const jumped = jumps.filter((jump) => Math.abs(jump) > 3e-6);
    // nine are due in 2,000 hours
    expect(jumped.length).to.be.within(2, 20);
    expect(Math.min(...jumped)).to.be.lessThan(-0.05);
  });

  it("is gbm without jumps, with the same seed", () => {
    const draw = (process: Process): readonly number[] =>
      process.sample({ blocks: 500, blockTime: 12, random: createRandom(9) });
    expect(draw(merton(OFF))).to.deep.equal(draw(gbm({ volatility: 0.6, drift: 0.1 })));
  });

  it("jumps at the same moments whatever the block time, and begins alike however long it is", () => {
    const still = merton({ ...CRASHES, volatility: 0, jumpsPerYear: 1_000 });
    const jumpsOf = (blocks: number, blockTime: number): readonly number[] =>
      logReturnsOf(still, { blocks, blockTime, paths: 1 });
    expect(jumpsOf(200, 3_600).slice(0, 100)).to.deep.equal(jumpsOf(100, 3_600));
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(jumpsOf(1_200, 600))).to.be.closeTo(sum(jumpsOf(200, 3_600)), 1e-3);
  });

  it("refuses what is not an option or outside its range", async () => {
    await failsWith("INVALID_OPTION", () => merton({ ...CRASHES, jumpsPerYear: -1 }));
    await failsWith("INVALID_OPTION", () => merton({ ...CRASHES, jumpMean: Number.NaN }));
    await failsWith("INVALID_OPTION", () => merton({ ...CRASHES, jumpDeviation: 2.1 }));
    await failsWith("INVALID_OPTION", () => merton({ ...CRASHES, sigma: 1 } as never));
    await failsWith("INVALID_OPTION", () => merton(undefined as never));
  });
});
