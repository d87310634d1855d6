import type { Genome } from "../../../src/engine/events/genome.js";
import type { GreeksOptions, GreeksResult, ProtocolGreek, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { openWorld } from "../../../src/engine/world/world.js";
import { gbm } from "../../../src/market/index.js";
import { constant } from "../../../src/protocols/index.js";
import { renderGreeks } from "../../../src/report/index.js";
import { blackScholes } from "../../../src/risk/index.js";
import { pathSource } from "../../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { parameter } from "../../../src/scenario/index.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { failsWith } from "../../helpers/errors.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

const PATHS = 300;

/** Marked once, what is missing of a note with a barrier at the price is what a put at the money pays. */
describe("siege.greeks", () => {
  let local: LocalSiege;
  let put: Fixture;

  before(async () => {
    local = await createLocalSiege();
    put = await deployBarrierNote(local.connection.provider, "flawed", 100);
  });
  after(() => local.close());

  function definition(): ScenarioDefinition {
    return {
      ...thirtyDays(put),
      blocks: 1,
      parameters: {
        volatility: parameter({
          range: [0.2, 1.4],
          unit: "a year",
          set: (volatility) => ({ assets: { X: { price: 100, process: gbm({ volatility }) } } }),
        }),
      },
    };
  }

  function greeks(
    options: Partial<GreeksOptions> = {},
    change: Partial<ScenarioDefinition> = {},
  ): Promise<GreeksResult> {
    const { siege } = local.connection;
    return siege.greeks(put, siege.scenario({ ...definition(), ...change }), {
      output: { reads: "missing", decimals: 8 },
      paths: PATHS,
      ...options,
    });
  }

  const named = ({ greeks: all }: GreeksResult, name: string): ProtocolGreek => all.find((one) => one.name === name)!;

  it("are those of Black and Scholes for a contract that pays a put, within their intervals", async () => {
    const result = await greeks({ of: ["price:X", "volatility"], parameters: { volatility: 0.8 }, confidence: 0.999 });
    const exact = blackScholes({ type: "put", spot: 100, strike: 100, expiry: 1 / 365, volatility: 0.8 });
    const price = named(result, "price:X");
    const within = (
      value: number,
      { interval: { lower, upper } }: { interval: { lower: number; upper: number } },
    ): void => {
      expect(value).to.be.within(lower, upper);
    };
    expect(result.base).to.not.equal(undefined);
    within(exact.price, result.base!);
    expect(price.per).to.equal("1 %");
    within(exact.delta, price.response);
    // the interval is of some width, but not of any
    expect(price.response.standardError).to.be.below(0.04);
    within(exact.gamma, price.curvature!);
    const volatility = named(result, "volatility");
    expect(volatility.per).to.equal("0.012 a year");
    within(0.012 * exact.vega, volatility.response);
  });

  it("are those of the same paths without a chain, to the rounding of prices", async () => {
    const blocks = 3;
    const result = await greeks({ paths: 40 }, { blocks });
    const world = await openWorld(local.environment(), put, buildScenario({ ...definition(), blocks }));
    let genomes: readonly Genome[];
    try {
      const source = pathSource(world, 1);
      genomes = Array.from({ length: 40 }, (_value, index) => source(index));
    } finally {
      await world.close();
    }
    const missing = (genome: Genome, { jump = 0, stretch = 0, until = blocks }): number => {
      let price = 100 * (1 + jump);
      let lowest = Infinity;
      for (let block = 1; block <= until; block++) {
        for (const move of genome.market.filter((one) => one.block === block)) {
          price *= Math.exp(Math.log1p(move.change / 1e6) * (1 + stretch));
        }
        lowest = Math.min(lowest, price);
      }
      return Math.max(0, 100 - lowest);
    };
    const mean = (of: (genome: Genome) => number): number =>
      genomes.reduce((sum, genome) => sum + of(genome), 0) / genomes.length;
    const close = (name: string, expected: number): void => {
      expect(named(result, name).response.value, name).to.be.closeTo(expected, 2e-4);
    };
    expect(result.greeks.map(({ name }) => name)).to.deep.equal(["price:X", "volatility:X", "time"]);
    close(
      "price:X",
      mean((path) => (missing(path, { jump: 0.01 }) - missing(path, { jump: -0.01 })) / 2),
    );
    close(
      "volatility:X",
      mean((path) => (missing(path, { stretch: 0.01 }) - missing(path, { stretch: -0.01 })) / 2),
    );
    // a block is a day
    close(
      "time",
      mean((path) => missing(path, {}) - missing(path, { until: blocks - 1 })),
    );
  });

  it("are 0 for what drives nothing, and print as a table with all that is needed to make them again", async () => {
    const result = await greeks({ of: ["price:X", "baseFee", "time"], paths: 10 });
    const fee = named(result, "baseFee");
    expect([fee.response.value, fee.curvature?.value]).to.deep.equal([0, 0]);
    const lines = renderGreeks(result).split("\n");
    expect(lines[0]).to.equal('How missing of BarrierNote responds in "thirty days, marked daily"');
    expect(lines).to.satisfy((all: readonly string[]) =>
      all.some((line) => /^ {2}baseFee +1 % +0 +0 to 0 +0 +0 to 0$/.test(line)),
    );
    expect(lines.at(-1)).to.match(
      /^ {2}10 paths, the same in all variants, changed by 1 % up and down, seed 1; intervals by Student's t, 95 %; [\d.]+ s$/,
    );
  });

  it("keep what is complete when they are stopped, and leave the connection as it was", async () => {
    const { provider } = local.connection;
    const before: unknown = await provider.request({ method: "eth_blockNumber" });
    const stop = new AbortController();
    const result = await greeks({
      of: ["price:X", "volatility"],
      parameters: { volatility: 0.8 },
      paths: 10,
      signal: stop.signal,
      progress: (played, runs) => {
        expect(runs).to.equal(50);
        if (played === 30) stop.abort();
      },
    });
    expect(result.cut).to.equal("interrupted");
    expect(result.greeks.map(({ name }) => name)).to.deep.equal(["price:X"]);
    expect(await provider.request({ method: "eth_blockNumber" })).to.equal(before);
  });

  it("are the same bytes on any number of lanes, and one transaction per call", async () => {
    const results: Omit<GreeksResult, "seconds">[] = [];
    for (const on of [{ executor: "faithful" }, { lanes: 1 }, { lanes: 3 }, {}] as const) {
      const told: number[] = [];
      const options = {
        of: ["price:X", "baseFee", "time"],
        paths: 12,
        progress: (played: number) => told.push(played),
      };
      const { seconds: _seconds, ...result } = await greeks({ ...options, ...on }, { blocks: 4 });
      expect(told).to.deep.equal(Array.from({ length: 60 }, (_value, index) => index + 1));
      results.push(result);
    }
    const [asTransactions, ...others] = results;
    expect(asTransactions?.greeks.map(({ response }) => response.value)).to.not.include(NaN);
    for (const one of others) expect(one).to.deep.equal(asTransactions);
    await failsWith("INVALID_OPTION", () => greeks({ lanes: 0 }));
    await failsWith("INVALID_OPTION", () => greeks({ executor: "quick" as never }));
  });

  it("go on from a file: what is in it is not played again, and other paths do not belong to it", async () => {
    const options = {
      of: ["price:X", "volatility"],
      parameters: { volatility: 0.8 },
      paths: 6,
      resume: "greeks.jsonl",
    };
    const stop = new AbortController();
    const halted = await greeks({
      ...options,
      signal: stop.signal,
      progress: (played) => {
        if (played === 20) stop.abort();
      },
    });
    expect(halted.cut).to.equal("interrupted");
    const told: number[] = [];
    const { seconds: _seconds, ...resumed } = await greeks({ ...options, progress: (played) => told.push(played) });
    // three variants of six paths were complete: they are there at once, each as a whole
    expect(told.slice(0, 4)).to.deep.equal([6, 12, 18, 19]);
    const { resume: _resume, ...afresh } = options;
    const { seconds: _other, ...whole } = await greeks(afresh);
    expect(resumed).to.deep.equal(whole);
    await failsWith("PATHS_FILE_INVALID", () => greeks({ ...options, paths: 7 }));
    await failsWith("PATHS_FILE_INVALID", () => greeks({ ...options, step: 0.02 }));
    await failsWith("INVALID_OPTION", () => greeks({ ...options, resume: "" }));
  });

  it("refuse what cannot be changed, and outputs that cannot be told", async () => {
    const fixed = { assets: { X: { price: 100 } }, parameters: {} };
    await failsWith("UNKNOWN_ASSET", () => greeks({ of: ["price:Y"] }));
    await failsWith("UNKNOWN_PARAMETER", () => greeks({ of: ["ltv"] }));
    await failsWith("INVALID_OPTION", () => greeks({ of: ["volatility"] }));
    await failsWith("INVALID_OPTION", () => greeks({ of: ["volatility:X"] }, fixed));
    await failsWith("INVALID_OPTION", () => greeks({ of: ["time", "time"] }));
    await failsWith("INVALID_OPTION", () => greeks({ of: ["volatility"], parameters: { volatility: 1.4 } }));
    await failsWith("INVALID_OPTION", () => greeks({ paths: 1 }));
    await failsWith("INVALID_OPTION", () => greeks({ output: { margin: "solvent" } }));
    await failsWith("INVALID_OPTION", () => greeks({ output: undefined as never }));
    await failsWith("UNSUPPORTED_TARGET", () => greeks({ output: { reads: "nothing" } }));
    // the condition of the note has no margin
    await failsWith("INCONCLUSIVE", () => greeks({ output: { margin: "whole" }, paths: 2 }));
    expect((await greeks({ output: { reads: constant(7) }, paths: 2 })).base?.value).to.equal(7);
  });
});
