import { expect } from "chai";

import { gbm, regimes } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { endsOf, expectMean, expectMoments, logReturnsOf, YEAR } from "../../../helpers/estimates.js";

const CALM = { volatility: 0.4, lasts: 86_400 };
const WILD = { volatility: 3, lasts: 7_200 };

describe("regimes", () => {
  it("has the moments of a mixture whose switches happen within blocks", () => {
    const blockTime = 3_600;
    const dt = blockTime / YEAR;
    const [a, b] = [CALM.volatility ** 2, WILD.volatility ** 2];
    const wild = WILD.lasts / (CALM.lasts + WILD.lasts);
    const meanVariance = ((1 - wild) * a + wild * b) * dt;
    // the variance of what a two-state chain in equilibrium gathers over a block
    const decay = (1 / CALM.lasts + 1 / WILD.lasts) * blockTime;
    const spread = wild * (1 - wild) * ((b - a) * dt) ** 2 * ((2 * (Math.expm1(-decay) + decay)) / decay ** 2);
    const one = { blocks: 1, blockTime, paths: 80_000 };
    expectMoments(logReturnsOf(regimes({ states: [CALM, WILD] }), one), {
      mean: -meanVariance / 2,
      variance: meanVariance + spread / 4,
      // E[V²] = mean² + spread; what the drift adds is below a thousandth of a standard error
      fourth: 3 * (meanVariance ** 2 + spread),
    });
  });

  it("stays in its states for as long as they last, on average", () => {
    const states = [
      { volatility: 0, lasts: 6_000, drift: 0 },
      { volatility: 0, lasts: 3_000, drift: 10 },
    ];
    const blockTime = 60;
    const returns = logReturnsOf(regimes({ states }), { blocks: 10_000, blockTime, paths: 20 });
    const rising = returns.map((value) => value > (0.5 * 10 * blockTime) / YEAR);
    const risings = rising.filter((isRising, index) => isRising && rising[index - 1] === false).length;
    const share = rising.filter(Boolean).length / rising.length;
    // 12,000,000 seconds, 9,000 a cycle: 1,333 cycles, whose lengths spread by 0.75 of their mean
    expect(risings).to.be.within(1_333 - 3 * 28, 1_333 + 3 * 28);
    expect(share).to.be.closeTo(1 / 3, 0.03);
  });

  it("grows by the drift of its states on average", () => {
    const states = [CALM, WILD].map((state) => ({ ...state, drift: 0.5 }));
    expectMean(
      endsOf(regimes({ states }), { blocks: 20, blockTime: 43_200, paths: 10_000 }),
      Math.exp((0.5 * 10) / 365),
      "growth",
    );
  });

  it("keeps the noise whenever it switches: equal states are gbm with the same seed, to a millionth", () => {
    const place = { blocks: 500, blockTime: 600, paths: 1 };
    const same = logReturnsOf(regimes({ states: [{ ...CALM, lasts: 900 }, CALM, { ...CALM, lasts: 60 }] }), place);
    const expected = logReturnsOf(gbm({ volatility: 0.4 }), place);
    for (const [block, value] of same.entries()) expect(value).to.be.closeTo(expected[block]!, 1.1e-6);
  });

  it("switches at the same moments whatever the volatilities", () => {
    const place = { blocks: 2_000, blockTime: 600, paths: 1 };
    const [once, twice] = [1, 2].map((factor) =>
      logReturnsOf(regimes({ states: [CALM, { ...WILD, volatility: 3 * factor }] }), place),
    );
    const calm = once!.filter((value, block) => Math.abs(value - twice![block]!) < 1.1e-6).length;
    // twelve of thirteen blocks are expected to be calm from end to end
    expect(calm).to.be.within(1_400, 1_999);
  });

  it("refuses what is not a list of states", async () => {
    await failsWith("INVALID_OPTION", () => regimes({ states: [CALM] }));
    await failsWith("INVALID_OPTION", () => regimes({ states: CALM as never }));
    await failsWith("INVALID_OPTION", () => regimes({ states: [CALM, { volatility: 1, lasts: 0 }] }));
    await failsWith("INVALID_OPTION", () => regimes({ states: [CALM, { ...WILD, mean: 1 } as never] }));
    await failsWith("INVALID_OPTION", () => regimes([CALM, WILD] as never));
  });
});
