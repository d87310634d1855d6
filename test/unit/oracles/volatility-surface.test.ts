import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/index.js";
import { chainlink, surfaceVolatility, volatilityOracle, volatilityOracleCode } from "../../../src/oracles/index.js";
import { constant } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { SMILE } from "../../fixtures/presets/straddle-desk.js";
import { failsWith } from "../../helpers/errors.js";

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

const ORACLE = "0x00000000000000000000000000000000000000a1";

describe("a surface of implied volatilities", () => {
  const at = (strike: number, days: number): number =>
    surfaceVolatility(SMILE, { level: 0.8, strike, expiry: days / 365 });

  it("is its level times its shape at its points, and that of its edge beyond them", () => {
    expect(at(1, 30)).to.be.closeTo(0.8, 1e-12);
    expect(at(0.6, 7)).to.be.closeTo(0.8 * 1.6, 1e-12);
    expect(at(0.1, 1)).to.be.closeTo(0.8 * 1.6, 1e-12);
    expect(at(9, 3_000)).to.be.closeTo(0.8 * 1.1, 1e-12);
  });

  it("interpolates volatilities between strikes, and total variances between expiries", () => {
    expect(at(0.9, 30)).to.be.closeTo(0.8 * 1.06, 1e-12);
    const [sooner, later] = [(0.8 * 1.05) ** 2 * 7, 0.8 ** 2 * 30];
    expect(at(1, 18.5)).to.be.closeTo(Math.sqrt((sooner + later) / 2 / 18.5), 1e-12);
  });

  it("is refused where it is not a surface", async () => {
    const wrong = [
      { ...SMILE, ratios: SMILE.ratios.slice(1) },
      { ...SMILE, strikes: [1, 0.8, 0.6, 1.25, 1.6] },
      { ...SMILE, expiries: [] },
      { ...SMILE, ratios: SMILE.ratios.with(0, [1, 1, 0, 1, 1]) },
      { ...SMILE, tenor: 30 },
    ];
    for (const surface of wrong) {
      await failsWith("INVALID_OPTION", () => volatilityOracleCode({ surface, level: 0.8 }));
    }
    await failsWith("INVALID_OPTION", () => volatilityOracleCode({ surface: SMILE, level: 80 }));
  });
});

describe("a volatility among the assets of a scenario", () => {
  const scenario = (asset: object, oracles: readonly unknown[] = []) =>
    buildScenario({
      name: "volatility",
      blocks: 1,
      assets: { IV: { price: 0.8, ...asset } },
      oracles: oracles as never,
      agents: [],
      conditions: [nothing],
    });

  it("has no token, is no native coin, and is at most 2,000 % a year", async () => {
    expect(scenario({ quote: "volatility" }).assets.get("IV")?.quote).to.equal("volatility");
    for (const wrong of [{ token: ORACLE }, { native: true }, { price: 80 }]) {
      await failsWith("INVALID_SCENARIO", () => scenario({ quote: "volatility", ...wrong }));
    }
    await failsWith("INVALID_SCENARIO", () => scenario({ quote: "percent" }));
  });

  it("or a level, which starts at 1 if nothing else is said", async () => {
    expect(scenario({ quote: "level", price: undefined }).assets.get("IV")?.price).to.equal(1);
    const { assets } = buildScenario({
      name: "depth",
      blocks: 1,
      assets: { DEPTH: { quote: "level" }, HALF: { quote: "level", price: 0.5 } },
      agents: [],
      conditions: [nothing],
    });
    expect([...assets.values()].map(({ price }) => price)).to.deep.equal([1, 0.5]);
    await failsWith("INVALID_SCENARIO", () => scenario({ quote: "level", token: ORACLE }));
  });

  it("is what a volatility oracle publishes, and a price is not", async () => {
    const oracle = volatilityOracle(ORACLE, { asset: "IV" });
    expect(scenario({ quote: "volatility" }, [oracle]).oracles.has("IV")).to.equal(true);
    // an index of volatility on a price feed
    expect(scenario({ quote: "volatility" }, [chainlink(ORACLE, { asset: "IV" })]).oracles.has("IV")).to.equal(true);
    const error = await failsWith("INVALID_SCENARIO", () => scenario({}, [oracle]));
    expect(error.summary).to.include("publishes a volatility, and assets.IV is a price in US dollars");
  });

  it("refuses options of its oracle that are out of range", async () => {
    for (const wrong of [{ heartbeat: 0 }, { deviation: 2 }, { latencyBlocks: -1 }, { latency: 3 }]) {
      await failsWith("INVALID_OPTION", () => volatilityOracle(ORACLE, { asset: "IV", ...wrong }));
    }
  });
});
