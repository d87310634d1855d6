import type { CalibratedModels } from "../../../src/market/index.js";

import { expect } from "chai";

import { calibrate, hawkes, kou, merton } from "../../../src/market/index.js";
import { mixSeeds } from "../../../src/market/random.js";
import { simulatedHistory } from "../../helpers/simulated-history.js";

const MERTON = { volatility: 0.6, jumpsPerYear: 600, jumpMean: -0.01, jumpDeviation: 0.03, drift: 0.1 };
const KOU = { volatility: 0.6, jumpsPerYear: 600, upward: 0.4, meanRise: 0.02, meanFall: 0.03, drift: 0.1 };

const HAWKES = {
  volatility: 0.6,
  jumpsPerYear: 200,
  excitation: 0.6,
  memory: 43_200,
  jumpMean: -0.02,
  jumpDeviation: 0.03,
  drift: 0.1,
};

const MAKE = { merton, kou, hawkes };

/** How many histories. */
const HISTORIES = Number(process.env.SIEGE_HISTORIES ?? 600);

/** The share of histories in whose 95 % interval each parameter is. */
function coverage<ModelT extends keyof typeof MAKE>(
  model: ModelT,
  truth: Required<CalibratedModels[ModelT]>,
  returns: number,
): Readonly<Record<string, number>> {
  const make = MAKE[model] as (options: unknown) => ReturnType<typeof merton>;
  const names = Object.keys(truth) as (keyof CalibratedModels[ModelT] & string)[];
  const inside = Object.fromEntries(names.map((name) => [name, 0]));
  for (let index = 0; index < HISTORIES; index++) {
    const { intervals } = calibrate(simulatedHistory(make(truth), returns, mixSeeds(11, index)), model);
    for (const name of names) {
      const [lower, upper] = intervals[name];
      if (lower <= Number(truth[name]) && Number(truth[name]) <= upper) inside[name]! += 1 / HISTORIES;
    }
  }
  return inside;
}

describe("the intervals of calibrated parameters", () => {
  for (const [model, truth, returns] of [
    ["merton", MERTON, 2_000],
    ["kou", KOU, 2_000],
    ["hawkes", HAWKES, 3_000],
  ] as const) {
    it(`of ${model} contain the truth in 95 % of ${HISTORIES} histories of ${returns} hours`, () => {
      const found = coverage(model, truth, returns);
      if (process.env.SIEGE_PRINT) console.log(found);
      // approximate intervals: three errors of the share on either side
      const error = 3 * Math.sqrt((0.95 * 0.05) / HISTORIES);
      for (const [name, share] of Object.entries(found)) {
        expect(share, name).to.be.within(0.95 - error, 0.95 + error);
      }
    });
  }
});
