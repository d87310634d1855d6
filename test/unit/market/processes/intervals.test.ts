import type { Process } from "../../../../src/market/index.js";

import { expect } from "chai";

import {
  bootstrap,
  bridge,
  gbm,
  hawkes,
  heston,
  kou,
  merton,
  regimes,
  replay,
  reverting,
} from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { simulatedHistory } from "../../../helpers/simulated-history.js";

const DAY = 86_400;
const { prices: PRICES } = simulatedHistory(gbm({ volatility: 0.8 }), 400, 1);
const JUMPS = { volatility: 0.8, jumpsPerYear: 2_000, jumpMean: -0.02, jumpDeviation: 0.03, drift: 0.5 };

const PROCESSES: Readonly<Record<string, Process>> = {
  gbm: gbm({ volatility: 0.8, drift: 0.5 }),
  merton: merton(JUMPS),
  kou: kou({ volatility: 0.8, jumpsPerYear: 20_000, upward: 0.4, meanRise: 0.02, meanFall: 0.03 }),
  hawkes: hawkes({ ...JUMPS, excitation: 0.5, memory: 3_600 }),
  heston: heston({ volatility: 0.8, reversion: 5, volOfVol: 1.5, correlation: -0.5 }),
  regimes: regimes({
    states: [
      { volatility: 0.5, lasts: DAY },
      { volatility: 4, lasts: 3_600 },
    ],
  }),
  bootstrap: bootstrap({ prices: PRICES, spacing: 1_800, stretch: 1 }),
  replay: replay({ history: { prices: PRICES, spacing: 1_800 } }),
  reverting: reverting({ volatility: 1.2, reversion: 12 }),
  bridge: bridge({ to: 0.6, by: 20, volatility: 0.8 }),
};

/** The log return over so many blocks. */
function returnOver(changes: readonly number[], blocks: number): number {
  return changes.slice(0, blocks).reduce((sum, change) => sum + Math.log1p(change / 1e6), 0);
}

describe("a price between blocks at random times", () => {
  for (const [name, process] of Object.entries(PROCESSES)) {
    it(`is what it was if they are all the same: ${name}`, () => {
      const context = { blocks: 60, blockTime: 1_200 };
      const draw = (intervals?: readonly number[]): readonly number[] =>
        process.sample({ ...context, random: createRandom(7), ...(intervals === undefined ? {} : { intervals }) });
      expect(draw(Array.from({ length: 60 }, () => 1_200))).to.deep.equal(draw());
    });
  }

  // the first is a hundredth of the other
  for (const name of ["gbm", "merton", "kou", "hawkes", "heston", "regimes", "bootstrap", "reverting"]) {
    it(`varies as much as the time between them is long: ${name}`, () => {
      const squares = [0, 0];
      const intervals = Array.from({ length: 8_000 }, (_value, index) => (index % 2 === 0 ? 60 : 6_000));
      const context = { blocks: intervals.length, blockTime: 3_030, intervals };
      for (const [index, change] of PROCESSES[name]!.sample({ ...context, random: createRandom(5) }).entries()) {
        squares[index % 2]! += Math.log1p(change / 1e6) ** 2;
      }
      expect(squares[1]! / squares[0]!).to.be.within(70, 140);
    });
  }

  it("is that of the history at their time", () => {
    const intervals = [900, 900, 5_400, 60];
    const changes = PROCESSES.replay!.sample({ blocks: 4, blockTime: 1_815, intervals, random: createRandom(1) });
    const at = (price: number): number => Math.log(price / PRICES[0]!);
    expect(returnOver(changes, 2)).to.be.closeTo(at(PRICES[1]!), 2e-6);
    expect(returnOver(changes, 3)).to.be.closeTo(at(PRICES[4]!), 2e-6);
    expect(changes[3]).to.be.within(-4_000, 4_000);
  });

  it("reaches the level of a bridge in its block, evenly in time", () => {
    const straight = bridge({ to: 0.6, by: 3, volatility: 0 });
    const intervals = [10, 70, 20, 500];
    const changes = straight.sample({ blocks: 4, blockTime: 150, intervals, random: createRandom(1) });
    for (const [blocks, share] of [
      [1, 0.1],
      [2, 0.8],
      [3, 1],
      [4, 1],
    ] as const) {
      expect(returnOver(changes, blocks)).to.be.closeTo(share * Math.log(0.6), 3e-6);
    }
    const noisy = bridge({ to: 0.6, by: 3, volatility: 3 });
    const random = createRandom(2);
    expect(returnOver(noisy.sample({ blocks: 4, blockTime: 150, intervals, random }), 3)).to.be.closeTo(
      Math.log(0.6),
      3e-6,
    );
  });
});
