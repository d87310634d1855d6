import type { BarrierOption } from "../../../../src/risk/index.js";

import { expect } from "chai";

import { gbm } from "../../../../src/market/index.js";
import { barrierPrice, blackScholes } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { estimateOf, factorsOf, YEAR } from "../../../helpers/estimates.js";

/** Haug, p. 72 of the first edition. */
const HAUG = { type: "call", spot: 100, expiry: 0.5, rate: 0.08, dividendYield: 0.04, volatility: 0.25 } as const;

describe("barrierPrice", () => {
  for (const [strike, out, into] of [
    [90, 9.0246, 7.7627],
    [100, 6.7924, 4.0109],
    [110, 4.8759, 2.0576],
  ] as const) {
    it(`prices calls at ${strike} that fall out or in as Haug does, with a rebate`, () => {
      const option = { ...HAUG, strike, barrier: 95, rebate: 3 };
      expect(barrierPrice({ ...option, kind: "down-and-out" })).to.be.closeTo(out, 5e-5);
      expect(barrierPrice({ ...option, kind: "down-and-in" })).to.be.closeTo(into, 5e-5);
    });
  }

  for (const type of ["call", "put"] as const) {
    for (const [side, barrier] of [
      ["down", 90],
      ["up", 115],
    ] as const) {
      it(`splits a ${type} in two at a barrier ${side}: in and out together are the option`, () => {
        for (const strike of [80, 90, 100, 115, 130]) {
          const option = { ...HAUG, type, strike, barrier };
          const sum =
            barrierPrice({ ...option, kind: `${side}-and-in` }) + barrierPrice({ ...option, kind: `${side}-and-out` });
          expect(sum).to.be.closeTo(blackScholes({ ...HAUG, type, strike }).price, 1e-12);
        }
      });

      it(`prices a ${type} with a barrier ${side} that is watched at intervals as a simulation does`, () => {
        const [blocks, paths] = [50, 6_000];
        const blockTime = (HAUG.expiry * YEAR) / blocks;
        const process = gbm({ volatility: HAUG.volatility, drift: HAUG.rate - HAUG.dividendYield });
        const discount = Math.exp(-HAUG.rate * HAUG.expiry);
        for (const kind of [`${side}-and-in`, `${side}-and-out`] as const) {
          const option: BarrierOption = { ...HAUG, type, kind, barrier, strike: 100, watchedEvery: blockTime };
          const payoffs = factorsOf(process, { blocks, blockTime, paths }).map((factors) => {
            const touched = factors.some((factor) =>
              side === "down" ? factor <= barrier / 100 : factor >= barrier / 100,
            );
            const end = 100 * (factors.at(-1) ?? 1);
            const alive = touched === kind.endsWith("in");
            return alive ? discount * Math.max(0, type === "call" ? end - 100 : 100 - end) : 0;
          });
          const { mean, error } = estimateOf(payoffs);
          expect(barrierPrice(option), kind).to.be.closeTo(mean, 3 * error);
        }
      });
    }
  }

  it("pays the rebate of what was knocked out at once, and of what was never knocked in at the end", () => {
    // with a strike that is out of reach, only the rebate is left
    const option = { ...HAUG, type: "put", strike: 0.01, barrier: 99.999, rebate: 3 } as const;
    expect(barrierPrice({ ...option, kind: "down-and-out" })).to.be.closeTo(3, 0.01);
    expect(barrierPrice({ ...option, kind: "down-and-in" })).to.be.closeTo(0, 0.01);
    const distant = { ...option, barrier: 1 };
    expect(barrierPrice({ ...distant, kind: "down-and-in" })).to.be.closeTo(3 * Math.exp(-0.04), 1e-9);
    expect(barrierPrice({ ...distant, kind: "down-and-out" })).to.be.closeTo(0, 1e-9);
  });

  it("is the probability of a touch, for a rebate of 1 without interest: in 30 days, watched continuously and daily", () => {
    const touch = {
      type: "put",
      kind: "down-and-out",
      spot: 100,
      strike: 0.01,
      barrier: 80,
      rebate: 1,
      volatility: 0.8,
      expiry: 30 / 365,
    } as const;
    expect(barrierPrice(touch)).to.be.closeTo(0.368359, 5e-7);
    // the approximation's own value; by 2 million paths it is 0.31826 ± 0.0003
    expect(barrierPrice({ ...touch, watchedEvery: 86_400 })).to.be.closeTo(0.316263, 5e-7);
  });

  it("stays finite where powers overflow", () => {
    for (const kind of ["down-and-in", "down-and-out", "up-and-in", "up-and-out"] as const) {
      const barrier = kind.startsWith("down") ? 50 : 200;
      const price = barrierPrice({ ...HAUG, strike: 100, kind, barrier, volatility: 0.0001, rebate: 1 });
      expect(price, kind).to.satisfy(Number.isFinite);
    }
  });

  it("refuses a barrier that has been touched, and what is out of range", async () => {
    const option = { ...HAUG, strike: 100, barrier: 95 };
    await failsWith("INVALID_OPTION", () => barrierPrice({ ...option, kind: "up-and-in" }));
    await failsWith("INVALID_OPTION", () => barrierPrice({ ...option, kind: "down-and-in", barrier: 100 }));
    await failsWith("INVALID_OPTION", () => barrierPrice({ ...option, kind: "sideways" as never }));
    await failsWith("INVALID_OPTION", () => barrierPrice({ ...option, kind: "down-and-in", rebate: -1 }));
    await failsWith("INVALID_OPTION", () => barrierPrice({ ...option, kind: "down-and-in", rebate: 1, rate: -0.1 }));
  });
});
