import type { Process } from "../../../../src/market/index.js";

import { expect } from "chai";

import { change } from "../../../../src/engine/events/fields.js";
import { bootstrap, bridge, hawkes, heston, kou, merton, regimes } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { factorsOf } from "../../../helpers/estimates.js";

/** A calm and an outrageous market of each model. */
const MODELS: Readonly<Record<string, readonly [calm: Process, ...outrageous: Process[]]>> = {
  merton: [
    merton({ volatility: 0.6, jumpsPerYear: 40, jumpMean: -0.08, jumpDeviation: 0.1 }),
    merton({ volatility: 20, jumpsPerYear: 10_000, jumpMean: 5, jumpDeviation: 2, drift: 20 }),
    merton({ volatility: 20, jumpsPerYear: 10_000, jumpMean: -5, jumpDeviation: 2, drift: -20 }),
  ],
  kou: [
    kou({ volatility: 0.6, jumpsPerYear: 40, upward: 0.5, meanRise: 0.05, meanFall: 0.05 }),
    kou({ volatility: 20, jumpsPerYear: 10_000, upward: 1, meanRise: 0.95, meanFall: 5, drift: 20 }),
    kou({ volatility: 20, jumpsPerYear: 10_000, upward: 0, meanRise: 0.95, meanFall: 5, drift: -20 }),
  ],
  hawkes: [
    hawkes({ volatility: 0.6, jumpsPerYear: 40, excitation: 0.8, memory: 600, jumpMean: -0.02, jumpDeviation: 0.03 }),
    hawkes({
      volatility: 20,
      jumpsPerYear: 100,
      excitation: 0.99,
      memory: 1,
      jumpMean: 5,
      jumpDeviation: 2,
      drift: 20,
    }),
    hawkes({ volatility: 20, jumpsPerYear: 100, excitation: 0.99, memory: 1e9, jumpMean: -5, jumpDeviation: 2 }),
  ],
  heston: [
    heston({ volatility: 0.6, reversion: 4, volOfVol: 1, correlation: -0.5 }),
    heston({ volatility: 20, reversion: 0, volOfVol: 100, correlation: 1, drift: 20 }),
    heston({ volatility: 20, reversion: 1_000, volOfVol: 100, correlation: -1, drift: -20 }),
  ],
  regimes: [
    regimes({
      states: [
        { volatility: 0.4, lasts: 86_400 },
        { volatility: 3, lasts: 3_600 },
      ],
    }),
    regimes({
      states: [
        { volatility: 20, lasts: 100_000, drift: 20 },
        { volatility: 20, lasts: 1, drift: -20 },
      ],
    }),
  ],
  bridge: [
    bridge({ to: 0.6, volatility: 0.8 }),
    bridge({ to: 1e6, by: 10, volatility: 20 }),
    bridge({ to: 1e-6, volatility: 20 }),
  ],
  bootstrap: [
    bootstrap({ prices: [10, 11, 10, 12, 11, 10, 9, 10, 11, 10, 9], spacing: 3_600 }),
    bootstrap({ prices: [1e-300, 1e300, 1e-300, 1, 2, 1e-9, 1e9, 1, 1e300, 1e-300], spacing: 3_600 }),
  ],
};

describe("models of prices", () => {
  for (const [name, processes] of Object.entries(MODELS)) {
    it(`${name} draws the same path for the same seed, and another one for another`, () => {
      const [calm] = processes;
      const draw = (seed: number): readonly number[] =>
        calm.sample({ blocks: 100, blockTime: 600, random: createRandom(seed) });
      expect(calm.kind).to.equal(name);
      expect(draw(7)).to.have.length(100).and.to.deep.equal(draw(7));
      expect(draw(7)).to.not.deep.equal(draw(8));
    });

    it(`${name} moves by what a trace can hold, in whole parts per million, and never to nothing`, () => {
      for (const process of processes) {
        for (const blockTime of [1, 12, 86_400]) {
          const changes = process.sample({ blocks: 2_000, blockTime, random: createRandom(blockTime) });
          for (const moved of changes)
            if (!change.safeParse(moved).success) expect.fail(`${name} moves by ${String(moved)}`);
          const [factors = []] = factorsOf(process, { blocks: 2_000, blockTime, paths: 1 });
          expect(Math.min(...factors)).to.be.greaterThan(9.9e-10);
          expect(Math.max(...factors)).to.be.lessThan(1.01e9);
        }
      }
    });
  }
});
