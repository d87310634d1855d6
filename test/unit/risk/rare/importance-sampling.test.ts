import type { WeightedSample } from "../../../../src/risk/index.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import {
  importanceSampling,
  shiftedNormal,
  tiltedExponential,
  weightedProbability,
} from "../../../../src/risk/index.js";
import { barrierProbability } from "../../../helpers/barrier-probability.js";
import { failsWith } from "../../../helpers/errors.js";
import { DAY, KNOWN_EVENTS } from "../../../helpers/rare-events.js";

describe("importance sampling", () => {
  for (const [name, { probability, ...event }] of Object.entries(KNOWN_EVENTS)) {
    it(`finds ${name} with the error that it states`, () => {
      const { value, error, meanRatio, effectiveHits } = importanceSampling(event, { samples: 20_000 });
      expect(Math.abs(value! - probability)).to.be.at.most(3 * error!);
      expect(error! / probability).to.be.at.most(0.04);
      expect(effectiveHits).to.be.above(500);
      expect(Math.abs(meanRatio!.value - 1)).to.be.at.most(3 * meanRatio!.error);
    });
  }

  it("is unbiased: independent estimates are as far apart as their errors say", () => {
    const { probability, ...event } = KNOWN_EVENTS.RP25!;
    const scores = Array.from({ length: 200 }, (_value, seed) => {
      const { value, error } = importanceSampling(event, { samples: 1_000, seed });
      return { value: value!, score: (value! - probability) / error! };
    });
    const mean = scores.reduce((sum, { value }) => sum + value, 0) / 200;
    const variance = scores.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 199;
    expect(Math.abs(mean - probability)).to.be.at.most(3 * Math.sqrt(variance / 200));
    // 200 squared standard normals: 1 ± 3 √(2/200)
    expect(scores.reduce((sum, { score }) => sum + score ** 2, 0) / 200).to.be.within(0.7, 1.3);
  });

  it("without a shift is plain sampling", () => {
    const { value, error, effectiveSamples, meanRatio } = importanceSampling(
      { normals: 1, happens: ([z = 0]) => z > 1, shifts: [[0]] },
      { samples: 5_000 },
    );
    expect(effectiveSamples).to.be.closeTo(5_000, 1e-6);
    expect(meanRatio).to.deep.equal({ value: 1, error: 0 });
    expect(error).to.be.closeTo(Math.sqrt((value! * (1 - value!)) / 4_999), 1e-12);
  });

  it("shows by few effective hits that a shift is far from where the event is", () => {
    const aimed = importanceSampling({ normals: 1, happens: ([z = 0]) => z > 4, shifts: [[4]] }, { samples: 2_000 });
    const astray = importanceSampling({ normals: 1, happens: ([z = 0]) => z > 4, shifts: [[9]] }, { samples: 2_000 });
    expect(aimed.effectiveHits).to.be.above(100);
    expect(astray.effectiveHits).to.be.below(5);
  });

  it("bounds what it did not see by the largest ratio that is possible", () => {
    const never = { normals: 1, happens: () => false, shifts: [[4]] };
    const { value, interval } = importanceSampling(never, { samples: 1_000 });
    // Clopper-Pearson's 1 - 0.025^(1/1000), times 1 / 0.1
    expect([value, interval.lower]).to.deep.equal([0, 0]);
    expect(interval.upper).to.be.closeTo(0.03682, 1e-5);
    expect(importanceSampling(never, { samples: 1_000, defensive: 0 }).interval.upper).to.equal(1);
  });

  it("finds a discretely watched barrier near 1e-5 with 20 estimates that spread by less than 20 %, for less than a thousandth of the blocks", () => {
    const probability = barrierProbability({ barrier: 0.36, deviation: DAY, looks: 30 }, 12);
    const shift = Math.log(0.36) / DAY / 30;
    const event = {
      normals: 30,
      happens: (noise: readonly number[]) => {
        let log = 0;
        return noise.some((normal) => (log += DAY * normal - DAY ** 2 / 2) <= Math.log(0.36));
      },
      shifts: [Array.from({ length: 30 }, () => shift)],
    };
    const samples = 1_000;
    const values = Array.from(
      { length: 20 },
      (_value, index) => importanceSampling(event, { samples, seed: 100 + index }).value!,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / 20;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19);
    expect(spread / mean).to.be.below(0.2);
    expect(Math.abs(mean - probability)).to.be.at.most((3 * spread) / Math.sqrt(20));
    // plain sampling: a spread of 20 % takes 1 / (0.2² p) paths
    expect(samples).to.be.below(1 / (0.04 * probability) / 1_000);
  });

  it("finds Cramér and Lundberg's ruin, which time does not bound, by tilted exponentials", () => {
    for (const [loading, reserve, expected] of [
      [0.2, 10, 0.157396],
      [0.5, 10, 0.0237827],
      [1, 10, 0.00336897],
    ] as const) {
      const random = createRandom(5);
      const exponent = loading / (1 + loading);
      const samples = Array.from({ length: 2_000 }, (): WeightedSample => {
        let [lost, log] = [0, 0];
        while (lost <= reserve) {
          const wait = tiltedExponential(random, { mean: 1, tilt: -exponent * (1 + loading) });
          const claim = tiltedExponential(random, { mean: 1, tilt: exponent });
          lost += claim.value - (1 + loading) * wait.value;
          log += wait.logRatio + claim.logRatio;
        }
        return { hit: true, ratio: Math.exp(log) };
      });
      const { value, error } = weightedProbability(samples, 0.95);
      expect(Math.abs(value! - expected), String(loading)).to.be.at.most(3 * error!);
      expect(error! / expected).to.be.below(0.02);
    }
  });

  it("has ratios with a mean of 1, of both kinds of noise", () => {
    const random = createRandom(9);
    for (const draw of [
      () => shiftedNormal(random, -1),
      () => tiltedExponential(random, { mean: 2, tilt: -0.3 }),
      () => tiltedExponential(random, { mean: 2, tilt: 0.2 }),
    ]) {
      const samples = Array.from({ length: 20_000 }, () => ({ hit: true, ratio: Math.exp(draw().logRatio) }));
      const { value, error } = weightedProbability(samples, 0.95);
      expect(Math.abs(value! - 1)).to.be.at.most(3 * error!);
    }
  });

  it("refuses what it cannot use", async () => {
    const event = { normals: 2, happens: () => true, shifts: [[1, 1]] };
    for (const work of [
      () => importanceSampling({ ...event, shifts: [] }),
      () => importanceSampling({ ...event, shifts: [[1]] }),
      () => importanceSampling({ ...event, shifts: [[1, Number.NaN]] }),
      () => importanceSampling({ ...event, normals: 0 }),
      () => importanceSampling(event, { samples: 99 }),
      () => importanceSampling(event, { defensive: 1.1 }),
      () => importanceSampling(event, { confidence: 1 }),
      () => tiltedExponential(createRandom(1), { mean: 2, tilt: 0.5 }),
      () => tiltedExponential(createRandom(1), { mean: 0, tilt: 0 }),
      () => shiftedNormal(createRandom(1), Infinity),
      () => weightedProbability([{ hit: true, ratio: -1 }], 0.95),
      () => weightedProbability([{ hit: false, ratio: Number.NaN }], 0.95),
    ]) {
      await failsWith("INVALID_OPTION", work);
    }
    expect(weightedProbability([], 0.95)).to.deep.include({ value: undefined, error: undefined, hits: 0 });
  });
});
