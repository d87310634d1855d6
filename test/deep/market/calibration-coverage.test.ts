import type { CalibratedModels } from "../../../src/market/index.js";

import { expect } from "chai";

import { calibrate, kou, merton } from "../../../src/market/index.js";
import { mixSeeds } from "../../../src/market/random.js";
import { simulatedHistory } from "../../helpers/simulated-history.js";

const MERTON = { volatility: 0.6, jumpsPerYear: 600, jumpMean: -0.01, jumpDeviation: 0.03, drift: 0.1 };
const KOU = { volatility: 0.6, jumpsPerYear: 600, upward: 0.4, meanRise: 0.02, meanFall: 0.03, drift: 0.1 };

/** The share of histories in whose 95 % interval each parameter is. */
function coverage<ModelT extends keyof CalibratedModels>(
  model: ModelT,
  truth: Required<CalibratedModels[ModelT]>,
  { histories, returns }: { readonly histories: number; readonly returns: number },
): Readonly<Record<string, number>> {
  const make = { merton, kou }[model as "merton" | "kou"] as (options: unknown) => ReturnType<typeof merton>;
  const names = Object.keys(truth) as (keyof CalibratedModels[ModelT] & string)[];
  const inside = Object.fromEntries(names.map((name) => [name, 0]));
  for (let index = 0; index < histories; index++) {
    const { parameters, errors } = calibrate(simulatedHistory(make(truth), returns, mixSeeds(11, index)), model);
    for (const name of names) {
      const distance = Math.abs(Number(parameters[name]) - Number(truth[name]));
      if (distance <= 1.959964 * errors[name]) inside[name]! += 1 / histories;
    }
  }
  return inside;
}

describe("the intervals of calibrated parameters", () => {
  for (const [model, truth, histories] of [
    // with 2,000 histories, the shares were 94.5 to 95.3 %
    ["merton", MERTON, 500],
    ["kou", KOU, 200],
  ] as const) {
    it(`of ${model} contain the truth in 95 % of ${histories} histories of 2,000 hours`, () => {
      const found = coverage(model, truth, { histories, returns: 2_000 });
      if (process.env.SIEGE_PRINT) console.log(found);
      // approximate intervals: three errors of the share on either side
      const error = 3 * Math.sqrt((0.95 * 0.05) / histories);
      for (const [name, share] of Object.entries(found)) {
        expect(share, name).to.be.within(0.95 - error, 0.95 + error);
      }
    });
  }
});
