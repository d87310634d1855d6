import type { Process } from "../../../src/market/index.js";

import { expect } from "chai";

import { correlatedRandoms } from "../../../src/market/correlation.js";
import { bridge, gbm, hawkes, heston, kou, merton, regimes } from "../../../src/market/index.js";
import { createRandom, mixSeeds } from "../../../src/market/random.js";
import { cholesky } from "../../../src/numeric/matrix.js";
import { expectMean } from "../../helpers/estimates.js";

const LOWER = cholesky([
  [1, 0.8, -0.3],
  [0.8, 1, 0.1],
  [-0.3, 0.1, 1],
])!;

const JUMPS = { jumpsPerYear: 5, jumpMean: -0.1, jumpDeviation: 0.05 };

/** All that can be correlated, with little else in their returns than their diffusion. */
const PROCESSES: readonly Process[] = [
  gbm({ volatility: 0.8 }),
  merton({ volatility: 0.8, ...JUMPS }),
  kou({ volatility: 0.8, jumpsPerYear: 5, upward: 0.5, meanRise: 0.1, meanFall: 0.1 }),
  heston({ volatility: 0.8, reversion: 60, volOfVol: 0.5 }),
  hawkes({ volatility: 0.8, excitation: 0.5, memory: 3_600, ...JUMPS }),
  bridge({ to: 1, volatility: 0.8 }),
  regimes({
    states: [
      { volatility: 0.8, lasts: 3_600 },
      { volatility: 0.9, lasts: 3_600 },
    ],
  }),
];

describe("correlatedRandoms", () => {
  const seeds = [1, 2, 3].map((seed) => mixSeeds(5, seed));

  it("draws standard normals with the correlations of the matrix", () => {
    const randoms = correlatedRandoms(seeds, LOWER);
    const drawn = randoms.map((random) => Array.from({ length: 20_000 }, () => random.normal()));
    for (const [i, j, expected] of [
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
      [0, 1, 0.8],
      [0, 2, -0.3],
      [1, 2, 0.1],
    ] as const) {
      expectMean(
        drawn[i]!.map((value, index) => value * drawn[j]![index]!),
        expected,
        `${i}, ${j}`,
      );
    }
  });

  it("draws the same in any order, and with any number of others after it", () => {
    const draw = (random: { normal(): number } | undefined): readonly number[] =>
      Array.from({ length: 50 }, () => random!.normal());
    const [first, second] = correlatedRandoms(seeds, LOWER).map(draw);
    const [, alone] = correlatedRandoms(seeds, LOWER);
    expect(draw(alone)).to.deep.equal(second);
    const fewer = correlatedRandoms(seeds.slice(0, 2), LOWER.slice(0, 2)).map(draw);
    expect(fewer).to.deep.equal([first, second]);
    expect(first).to.deep.equal(draw(createRandom(seeds[0]!)));
  });

  for (const process of PROCESSES) {
    it(`correlates ${process.kind} with gbm`, () => {
      expect(process.correlates).to.equal(true);
      const sampling = { blocks: 4_000, blockTime: 86_400 / 4 };
      const [one, other] = correlatedRandoms(seeds, LOWER);
      const [returns, others] = [
        gbm({ volatility: 0.8 }).sample({ ...sampling, random: one! }),
        process.sample({ ...sampling, random: other! }),
      ].map((changes) => changes.map((change) => Math.log1p(change / 1e6)));
      expect(correlationOf(returns!, others!)).to.be.within(0.6, 0.85);
    });
  }
});

function correlationOf(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  const covariance = mean(one.map((value, index) => (value - a) * (other[index]! - b)));
  return covariance / Math.sqrt(mean(one.map((x) => (x - a) ** 2)) * mean(other.map((x) => (x - b) ** 2)));
}
