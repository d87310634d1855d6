import { expect } from "chai";

import { bridge } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { estimateOf, expectMean, factorsOf, YEAR } from "../../../helpers/estimates.js";

describe("bridge", () => {
  it("ends every run at its level, each in another way", () => {
    const paths = factorsOf(bridge({ to: 0.6, volatility: 2 }), { blocks: 40, blockTime: 3_600, paths: 200 });
    for (const path of paths) expect(path.at(-1)).to.be.closeTo(0.6, 1e-6);
    expect(new Set(paths.map((path) => path[20]))).to.have.property("size", 200);
  });

  it("has the mean and the variance of a Brownian bridge on the way", () => {
    const [blocks, volatility] = [40, 2];
    const paths = factorsOf(bridge({ to: 0.6, volatility }), { blocks, blockTime: 3_600, paths: 4_000 });
    for (const block of [1, 20, 39]) {
      const logs = paths.map((path) => Math.log(path[block - 1]!));
      const mean = (Math.log(0.6) * block) / blocks;
      expectMean(logs, mean, `mean after ${block} blocks`);
      expectMean(
        logs.map((log) => (log - mean) ** 2),
        (volatility ** 2 * 3_600 * block * (blocks - block)) / blocks / YEAR,
        `variance after ${block} blocks`,
      );
    }
  });

  it("is a straight line without volatility, and goes on without a drift after its block", () => {
    const [line] = factorsOf(bridge({ to: 0.5, by: 10, volatility: 0 }), { blocks: 12, blockTime: 12, paths: 1 });
    expect(line![4]).to.be.closeTo(Math.sqrt(0.5), 1e-6);
    expect(line!.slice(9)).to.satisfy((rest: readonly number[]) =>
      rest.every((factor) => Math.abs(factor - 0.5) < 1e-6),
    );
    const paths = factorsOf(bridge({ to: 0.5, by: 2, volatility: 1 }), {
      blocks: 12,
      blockTime: 86_400,
      paths: 20_000,
    });
    for (const path of paths) expect(path[1]).to.be.closeTo(0.5, 2e-6);
    const ends = paths.map((path) => path[11]!);
    expectMean(ends, 0.5, "mean of the end");
    expect(estimateOf(ends).error).to.be.greaterThan(0.0005);
  });

  it("is under way at the end of a horizon that is shorter", () => {
    const [path] = factorsOf(bridge({ to: 0.25, by: 20, volatility: 0 }), { blocks: 10, blockTime: 12, paths: 1 });
    expect(path!.at(-1)).to.be.closeTo(0.5, 1e-6);
  });

  it("refuses what is out of range", async () => {
    await failsWith("INVALID_OPTION", () => bridge({ to: 0, volatility: 1 }));
    await failsWith("INVALID_OPTION", () => bridge({ to: 0.5, by: 0, volatility: 1 }));
    await failsWith("INVALID_OPTION", () => bridge({ to: 0.5, volatility: -1 }));
    await failsWith("INVALID_OPTION", () => bridge({ to: 0.5, volatility: 1, over: 3 } as never));
  });
});
