import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { sampled } from "../../../../src/engine/events/draw.js";
import { correlatedGroups, marketPaths } from "../../../../src/engine/events/market-paths.js";
import { gbm, shock } from "../../../../src/market/index.js";
import { constant } from "../../../../src/protocols/index.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../../helpers/errors.js";
import { expectMean } from "../../../helpers/estimates.js";

const process = gbm({ volatility: 0.8 });
const DEFINITION: ScenarioDefinition = {
  name: "three coins",
  blocks: 2_000,
  blockTime: 3_600,
  assets: {
    ETH: { price: 2_000, process },
    USDC: { price: 1 },
    BTC: { price: 40_000, process },
    SOL: { price: 100, process },
    UNI: { price: 7, process: shock({ drop: 0.5 }) },
  },
  agents: [],
  conditions: [defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined })],
};

const build = (correlations: unknown): ReturnType<typeof buildScenario> =>
  buildScenario({ ...DEFINITION, correlations: correlations as never });

/** The log returns of each asset in one drawn path. */
function returnsOf(correlations: unknown, seed = 3): Readonly<Record<string, readonly number[]>> {
  const scenario = build(correlations);
  const paths = sampled(marketPaths(scenario), seed)();
  return Object.fromEntries(
    [...scenario.assets.keys()].map((name, index) => {
      const returns = Array.from({ length: scenario.blocks }, () => 0);
      for (const { block, change } of paths[index]!) returns[block - 1] = Math.log1p(change / 1e6);
      return [name, returns];
    }),
  );
}

describe("correlations of a scenario", () => {
  it("are those of the prices that are drawn", () => {
    const { ETH, BTC, SOL } = returnsOf({ ETH: { BTC: 0.8 }, SOL: { ETH: 0.5 } });
    const variance = (0.64 * 3_600) / 31_536_000;
    for (const [one, other, expected] of [
      [ETH, BTC, 0.8],
      [ETH, SOL, 0.5],
      [BTC, SOL, 0],
      [BTC, BTC, 1],
      [SOL, SOL, 1],
    ] as const) {
      expectMean(
        one!.map((value, block) => (value * other![block]!) / variance),
        expected,
        String(expected),
      );
    }
  });

  it("leave all other assets where they are, and the first one, too", () => {
    const [without, correlated] = [undefined, { ETH: { BTC: 0.8 } }].map((correlations) => returnsOf(correlations));
    for (const name of ["ETH", "SOL", "UNI", "USDC"]) expect(correlated![name], name).to.deep.equal(without![name]);
    expect(correlated!.BTC).to.not.deep.equal(without!.BTC);
  });

  it("may name a pair in both orders, and an asset with itself", () => {
    const { correlation } = build({ ETH: { BTC: 0.6, ETH: 1 }, BTC: { ETH: 0.6 } });
    expect(correlation?.assets).to.deep.equal(["ETH", "BTC"]);
    expect(correlation?.lower[1]?.[0]).to.equal(0.6);
    expect(build({}).correlation).to.equal(undefined);
    expect(build(undefined).correlation).to.equal(undefined);
  });

  it("are drawn together, whatever else is drawn apart", async () => {
    const scenario = build({ ETH: { SOL: 0.6 } });
    expect(correlatedGroups(scenario)).to.deep.equal([["ETH", "SOL"], ["USDC"], ["BTC"], ["UNI"]]);
    expect(correlatedGroups(build(undefined))).to.deep.equal([["ETH"], ["USDC"], ["BTC"], ["SOL"], ["UNI"]]);
    const only = (...names: readonly string[]): (() => readonly (readonly unknown[])[]) => {
      const assets = new Map([...scenario.assets].filter(([name]) => names.includes(name)));
      return sampled(marketPaths({ ...scenario, assets }), 1);
    };
    expect(only("ETH", "SOL")()).to.have.length(2);
    expect(only("BTC")()[0]).to.not.deep.equal([]);
    await failsWith("INTERNAL", only("SOL", "BTC"));
  });

  it("have a matrix that is positive definite", async () => {
    for (const correlations of [
      { ETH: { BTC: 0.9, SOL: 0.9 }, BTC: { SOL: -0.5 } },
      { ETH: { BTC: 1 } },
      { ETH: { BTC: -1 } },
    ]) {
      const error = await failsWith("INVALID_SCENARIO", () => build(correlations));
      expect(error.message).to.include("is not positive definite").and.include("ETH, BTC");
    }
  });

  it("are numbers between assets whose prices diffuse", async () => {
    for (const [correlations, words] of [
      [0.8, "correlations is 0.8"],
      [{ ETH: 0.8 }, "correlations.ETH is 0.8"],
      [{ ETH: { BTC: 1.2 } }, "correlations.ETH.BTC is 1.2"],
      [{ ETH: { BTC: Number.NaN } }, "correlations.ETH.BTC is NaN"],
      [{ ETH: { BTC: "0.8" } }, 'correlations.ETH.BTC is "0.8"'],
      [{ ETH: { ETH: 0.5 } }, "perfectly correlated with itself"],
      [{ ETH: { BTC: 0.5 }, BTC: { ETH: 0.6 } }, "correlations.ETH.BTC is 0.5"],
      [{ ETH: { USDC: 0.5 } }, "the price of USDC does not move"],
      [{ UNI: { ETH: 0.5 } }, "the price of UNI follows shock, which does not diffuse"],
    ] as const) {
      const error = await failsWith("INVALID_SCENARIO", () => build(correlations));
      expect(error.message).to.include(words);
    }
    const error = await failsWith("UNKNOWN_ASSET", () => build({ ETH: { DOGE: 0.5 } }));
    expect(error.message).to.include("ETH, USDC, BTC");
  });
});
