import { expect } from "chai";

import { gbm, hawkes, merton } from "../../../../src/market/index.js";
import { SelfExciting } from "../../../../src/market/processes/hawkes.js";
import { createRandom } from "../../../../src/market/random.js";
import { failsWith } from "../../../helpers/errors.js";
import { endsOf, estimateOf, expectMean, logReturnsOf } from "../../../helpers/estimates.js";

const CASCADES = {
  volatility: 0.6,
  jumpsPerYear: 100,
  excitation: 0.8,
  memory: 3_600,
  jumpMean: -0.02,
  jumpDeviation: 0.03,
  drift: 0.1,
};

/** Numbers of events in windows, one after the other, of a process with μ = 1, α = 0.8, β = 1.2 a second. */
function countsOf(window: number, windows: number): { readonly counts: readonly number[]; readonly due: number } {
  const events = new SelfExciting({ base: 1, excitation: 0.8 / 1.2, memory: 1 / 1.2, random: createRandom(3) });
  // until nothing is left of how it started
  events.pass(100, () => undefined);
  let due = 0;
  const counts = Array.from({ length: windows }, () => {
    let count = 0;
    due += events.pass(window, () => (count += 1));
    return count;
  });
  return { counts, due };
}

describe("hawkes", () => {
  it("has a mean rate of 3 with μ = 1, α = 0.8, β = 1.2", () => {
    const { counts, due } = countsOf(200, 2_000);
    expectMean(
      counts.map((count) => count / 200),
      3,
      "rate",
    );
    // what was due differs from what happened by a martingale, whose variance is the number
    const happened = counts.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(happened - due)).to.be.at.most(3 * Math.sqrt(happened));
  });

  it("has an asymptotic Fano factor of 9 with these", () => {
    const { counts } = countsOf(200, 2_000);
    const { mean } = estimateOf(counts);
    // a finite window lacks (1/(1 - n)² - 1) / (T (β - α)) of the asymptotic 1/(1 - n)² = 9 (Hawkes 1971)
    const squares = counts.map((count) => (count - mean) ** 2 / mean);
    const { mean: fano, error } = estimateOf(squares);
    expect(fano).to.be.closeTo(9 - 8 / (200 * 0.4), 3 * error);
    expect(error).to.be.lessThan(0.4);
  });

  it("begins at its mean rate, and grows by its drift on average, jumps included", () => {
    const paths = 20_000;
    const sampling = { blocks: 5, blockTime: 86_400, paths };
    const ends = endsOf(hawkes(CASCADES), sampling);
    expectMean(ends, Math.exp((0.1 * 5) / 365), "growth");
    // the mean of a log return, from the mean number of jumps, 500 a year
    const perYear = 0.1 - 0.18 + 500 * (-0.02 - Math.expm1(-0.02 + 0.03 ** 2 / 2));
    expectMean(ends.map(Math.log), (perYear * 5) / 365, "log return");
  });

  it("brings jumps in clusters: an hour after a jump has more of them than others", () => {
    const still = { ...CASCADES, volatility: 0, jumpMean: 0.02, jumpDeviation: 0, drift: 0 };
    const jumpedAfter = (excitation: number): readonly [after: number, always: number] => {
      const process = hawkes({ ...still, jumpsPerYear: 500 * (1 - excitation), excitation });
      const jumped = logReturnsOf(process, { blocks: 20_000, blockTime: 3_600, paths: 1 }).map((value) => value > 0.01);
      const after = jumped.filter((_value, hour) => jumped[hour - 1] === true);
      const share = (hours: readonly boolean[]): number => hours.filter(Boolean).length / hours.length;
      return [share(after), share(jumped)];
    };
    const [after, always] = jumpedAfter(0.8);
    expect(after).to.be.greaterThan(5 * always);
    const [independent, ever] = jumpedAfter(0);
    expect(independent).to.be.closeTo(ever, 0.03);
  });

  it("is merton without excitation, and gbm without jumps, with the same seed", () => {
    const place = { blocks: 2_000, blockTime: 3_600, paths: 1 };
    const { excitation: _excitation, memory: _memory, ...jumps } = CASCADES;
    const [alone, model] = [hawkes({ ...CASCADES, excitation: 0 }), merton(jumps)].map((process) =>
      logReturnsOf(process, place),
    );
    for (const [index, value] of alone!.entries()) expect(value).to.be.closeTo(model![index]!, 2e-6);
    const calm = hawkes({ ...CASCADES, jumpsPerYear: 0 });
    expect(logReturnsOf(calm, place)).to.deep.equal(logReturnsOf(gbm({ volatility: 0.6, drift: 0.1 }), place));
  });

  it("jumps at the same moments whatever the block time", () => {
    const still = hawkes({ ...CASCADES, volatility: 0 });
    const sum = (blocks: number, blockTime: number): number =>
      logReturnsOf(still, { blocks, blockTime, paths: 1 }).reduce((total, value) => total + value, 0);
    expect(sum(1_200, 600)).to.be.closeTo(sum(200, 3_600), 1e-3);
    expect(Math.abs(sum(200, 3_600))).to.be.greaterThan(0.02);
  });

  it("refuses what is not an option, outside its range, or explodes", async () => {
    await failsWith("INVALID_OPTION", () => hawkes({ ...CASCADES, excitation: 1 }));
    await failsWith("INVALID_OPTION", () => hawkes({ ...CASCADES, memory: 0 }));
    await failsWith("INVALID_OPTION", () => hawkes({ ...CASCADES, jumpsPerYear: Number.NaN }));
    await failsWith("INVALID_OPTION", () => hawkes({ ...CASCADES, beta: 1 } as never));
    const error = await failsWith("INVALID_OPTION", () =>
      hawkes({ ...CASCADES, jumpsPerYear: 500_000, excitation: 0.9 }),
    );
    expect(error.message).to.include("become 5000000");
  });
});
