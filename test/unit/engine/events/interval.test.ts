import type { TellingContext } from "../../../../src/engine/events/kind.js";
import type { World } from "../../../../src/engine/world/world.js";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/index.js";
import { sampled } from "../../../../src/engine/events/draw.js";
import { interval, intervalsIn } from "../../../../src/engine/events/interval.js";
import { constant } from "../../../../src/protocols/index.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";

const holds = defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined });

const context: TellingContext = {
  nameOf: (address) => address,
  token: () => undefined,
  assetOf: () => undefined,
  account: () => undefined,
  effect: undefined,
  threshold: undefined,
};

describe("the times of blocks", () => {
  const catalogue: World["catalogue"] = new Map();

  function scenarioOf(blockTime: number | { mean: number; distribution: "exponential" }) {
    return buildScenario({ name: "idle", blocks: 10_000, blockTime, assets: {}, agents: [], conditions: [holds] });
  }

  for (const mean of [12, 1_200]) {
    it(`are geometric with mean ${mean}: whole seconds, at least one, and none remembers the others`, () => {
      const scenario = scenarioOf({ mean, distribution: "exponential" });
      const draw = sampled(interval.genes.draw({ scenario, catalogue }), 1);
      const all = Array.from({ length: 20 }, () => intervalsIn(draw(), scenario)!).flat();
      const least = all.reduce((one, other) => Math.min(one, other));
      expect(least).to.equal(1);
      expect(all.every((seconds) => Number.isInteger(seconds))).to.equal(true);
      const count = all.length;
      // five standard errors of each
      const average = all.reduce((sum, seconds) => sum + seconds, 0) / count;
      expect(Math.abs(average - mean)).to.be.below(5 * Math.sqrt((mean * (mean - 1)) / count));
      for (const after of [1, 2, mean, 3 * mean]) {
        const probability = (1 - 1 / mean) ** after;
        const share = all.filter((seconds) => seconds > after).length / count;
        expect(Math.abs(share - probability)).to.be.below(5 * Math.sqrt((probability * (1 - probability)) / count));
      }
      const products = all.slice(1).map((seconds, index) => (seconds - mean) * (all[index]! - mean));
      const correlation = products.reduce((sum, product) => sum + product, 0) / products.length / (mean * (mean - 1));
      expect(Math.abs(correlation)).to.be.below(5 / Math.sqrt(count));
    });
  }

  it("are a second each if that is their mean", () => {
    const scenario = scenarioOf({ mean: 1, distribution: "exponential" });
    expect(sampled(interval.genes.draw({ scenario, catalogue }), 1)()).to.deep.equal([]);
    expect(new Set(intervalsIn([], scenario))).to.deep.equal(new Set([1]));
  });

  it("are not drawn where they are all the same", () => {
    const scenario = scenarioOf(12);
    expect(sampled(interval.genes.draw({ scenario, catalogue }), 1)()).to.deep.equal([]);
    expect(intervalsIn([], scenario)).to.equal(undefined);
  });

  it("are described as late and early blocks", () => {
    const { tells } = interval;
    const told = (seconds: number, survives?: number) => {
      const step = { kind: "interval", block: 3, seconds } as const;
      const threshold = survives === undefined ? undefined : { survives };
      return tells.words(tells.data(step, { ...context, threshold }));
    };
    expect(told(7_260, 7_200)).to.deep.equal({
      action: "the block is 2 hours 1 minute late",
      consequence: "(2 hours survives)",
    });
    expect(told(-1)).to.deep.equal({ action: "the block is 1 second early", consequence: undefined });
  });
});
