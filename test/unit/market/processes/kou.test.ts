import { expect } from "chai";

import { gbm, kou } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { endsOf, expectMean, expectMoments, logReturnsOf, YEAR } from "../../../helpers/estimates.js";
import { priceOfCall } from "../../../helpers/european.js";

const RESTLESS = { volatility: 0.6, jumpsPerYear: 60, upward: 0.4, meanRise: 0.05, meanFall: 0.08, drift: 0.1 };

describe("kou", () => {
  it("has the moments of its log returns, to the fourth", () => {
    const { volatility, jumpsPerYear, upward, meanRise, meanFall, drift } = RESTLESS;
    const dt = 5 / 365;
    // the n-th moment of a jump, divided by n!
    const jump = (power: number): number => upward * meanRise ** power + (1 - upward) * (-meanFall) ** power;
    const compensator = upward / (1 - meanRise) + (1 - upward) / (1 + meanFall) - 1;
    const variance = (volatility ** 2 + 2 * jumpsPerYear * jump(2)) * dt;
    expectMoments(logReturnsOf(kou(RESTLESS), { blocks: 50, blockTime: dt * YEAR, paths: 3_000 }), {
      mean: (drift - volatility ** 2 / 2 - jumpsPerYear * (compensator - jump(1))) * dt,
      variance,
      third: 6 * jumpsPerYear * jump(3) * dt,
      fourth: 3 * variance ** 2 + 24 * jumpsPerYear * jump(4) * dt,
    });
  });

  it("grows by its drift on average, jumps included", () => {
    expectMean(endsOf(kou(RESTLESS), { blocks: 10, blockTime: YEAR / 40, paths: 20_000 }), Math.exp(0.1 / 4), "growth");
  });

  for (const { of, options, call, price } of [
    {
      of: "Kou's own example",
      options: { volatility: 0.16, jumpsPerYear: 1, upward: 0.4, meanRise: 1 / 10, meanFall: 1 / 5, drift: 0.05 },
      call: { spot: 100, strike: 98, rate: 0.05, expiry: 0.5 },
      price: 9.14732,
    },
    {
      of: "Surkov's, out of the money, with rises and falls of a third and a half",
      options: { volatility: 0.2, jumpsPerYear: 0.2, upward: 0.5, meanRise: 1 / 3, meanFall: 1 / 2 },
      call: { spot: 100, strike: 110, rate: 0, expiry: 1 },
      price: 7.27993,
    },
  ]) {
    it(`prices a call: ${of}`, () => {
      const { mean, error } = priceOfCall(kou(options), { ...call, blocks: 4, paths: 60_000 });
      expect(mean).to.be.closeTo(price, 3 * error);
      expect(error / price).to.be.lessThan(0.02);
    });
  }

  it("is gbm without jumps, with the same seed", () => {
    const place = { blocks: 500, blockTime: 12, paths: 1 };
    const off = logReturnsOf(kou({ ...RESTLESS, jumpsPerYear: 0 }), place);
    expect(off).to.deep.equal(logReturnsOf(gbm({ volatility: 0.6, drift: 0.1 }), place));
  });

  it("keeps the noise of its diffusion, and the times of its jumps, whatever their sizes", () => {
    const place = { blocks: 2_000, blockTime: 3_600, paths: 1 };
    const movedIn = ({ upward, meanRise, meanFall }: typeof RESTLESS): readonly number[] => {
      const jumping = { ...RESTLESS, upward, meanRise, meanFall };
      const compensator = upward / (1 - meanRise) + (1 - upward) / (1 + meanFall) - 1;
      const compensation = (jumping.jumpsPerYear * compensator * place.blockTime) / YEAR;
      const noise = logReturnsOf(kou({ ...jumping, jumpsPerYear: 0 }), place);
      return logReturnsOf(kou(jumping), place).flatMap((value, block) =>
        Math.abs(value + compensation - noise[block]!) > 5e-6 ? [block] : [],
      );
    };
    const moved = movedIn(RESTLESS);
    // 14 are due in 2,000 hours
    expect(moved).to.have.length.within(4, 30);
    expect(movedIn({ ...RESTLESS, upward: 0.1, meanRise: 0.1, meanFall: 0.2 })).to.deep.equal(moved);
  });

  it("refuses what is not an option or outside its range", async () => {
    await failsWith("INVALID_OPTION", () => kou({ ...RESTLESS, upward: 1.1 }));
    // the mean price would be infinite
    await failsWith("INVALID_OPTION", () => kou({ ...RESTLESS, meanRise: 1 }));
    await failsWith("INVALID_OPTION", () => kou({ ...RESTLESS, meanFall: -0.1 }));
    await failsWith("INVALID_OPTION", () => kou({ ...RESTLESS, eta: 1 } as never));
  });
});
