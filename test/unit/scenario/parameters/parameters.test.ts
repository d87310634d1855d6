import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../../src/agents/index.js";
import { sound } from "../../../../src/conditions/index.js";
import { shock } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { call, map, read } from "../../../../src/protocols/index.js";
import { buildScenario, scenarioFrom } from "../../../../src/scenario/build/build-scenario.js";
import { parameter } from "../../../../src/scenario/index.js";
import { nearest } from "../../../../src/scenario/parameters/parameter.js";
import { withSearched } from "../../../../src/scenario/parameters/searched.js";
import { flashCrash } from "../../../../src/scenario/presets/flash-crash.js";
import { failsWith } from "../../../helpers/errors.js";

const FEED = "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419";

const TOKEN = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";

const base: ScenarioDefinition = {
  name: "crash",
  blocks: 10,
  assets: { ETH: { price: 2_000, process: shock({ drop: 0.2 }) }, USDC: { price: 1, token: TOKEN } },
  oracles: [chainlink(FEED, { asset: "ETH" })],
  agents: [attacker({ name: "thief", capital: { USDC: 5 } }), attacker({ capital: { USDC: 6 } })],
  conditions: [sound()],
};

const at = (path: string, value: number, more: Partial<ScenarioDefinition> = {}) =>
  buildScenario({
    ...base,
    ...more,
    parameters: { it: parameter({ range: [Math.min(1, value), 1e12], set: path }) },
  }).at({ it: value });

describe("a parameter", () => {
  it("is a number at a path of the scenario, also one that has its default", () => {
    expect(at("blocks", 20).blocks).to.equal(20);
    expect(at("blockTime", 2).blockTime).to.equal(2);
    expect(at("assets.ETH.price", 3).assets.get("ETH")).to.include({ price: 3 });
    expect(at("agents.thief.capital.USDC", 7).agents.get("thief")?.capital).to.deep.equal({ USDC: 7 });
    expect(at("agents.attacker.capital.USDC", 8).agents.get("attacker")?.capital).to.deep.equal({ USDC: 8 });
    expect(at("agents.0.capital.USDC", 9).agents.get("thief")?.capital).to.deep.equal({ USDC: 9 });
    expect(at("oracles.ETH.heartbeat", 60).oracles.get("ETH")?.options).to.deep.equal({ asset: "ETH", heartbeat: 60 });
    expect(at("mempool.delay", 3).mempool).to.deep.equal({ delay: 3 });
    expect(at("gas.baseFee", 5).gas.baseFee).to.equal(5n);
    expect(at("gas.baseFee", 6, { gas: { baseFee: 9n } }).gas.baseFee).to.equal(6n);
  });

  it("leaves the scenario as it was, and what is set elsewhere", () => {
    const scenario = buildScenario({
      ...base,
      parameters: {
        blocks: parameter({ range: [1, 100], set: "blocks" }),
        time: parameter({ range: [1, 100], set: "blockTime" }),
      },
    });
    const other = scenario.at({ time: 3 }).at({ blocks: 4 });
    expect([other.blocks, other.blockTime]).to.deep.equal([4, 12]);
    expect([scenario.blocks, scenario.settings]).to.deep.equal([10, []]);
    expect(other.settings.map(({ name, value }) => [name, value])).to.deep.equal([["blocks", 4]]);
  });

  it("is an option of a preset", () => {
    const drop = parameter({ range: [0.1, 0.9], set: "drop" });
    const define = (given: object): ScenarioDefinition => flashCrash(given);
    const crash = scenarioFrom({ given: { parameters: { drop } }, define }).at({ drop: 0.75 });
    expect(crash.name).to.equal("ETH falls by up to 75.0 %");
    const sample = (seed: number) =>
      crash.assets.get("ETH")!.process!.sample({ blocks: 1, blockTime: 12, random: createRandom(seed) });
    expect(Math.min(...[1, 2, 3, 4, 5].flatMap((seed) => sample(seed)))).to.be.closeTo(-750_000, 1);
  });

  it("is a function of the scenario, which sees what those before it set", () => {
    const scenario = buildScenario({
      ...base,
      parameters: {
        blocks: parameter({ range: [1, 100], set: "blocks" }),
        doubled: parameter({ range: [1, 10], set: (times, { blocks }) => ({ blocks: blocks * times }) }),
      },
    });
    expect(scenario.at({ doubled: 3, blocks: 7 }).blocks).to.equal(21);
  });

  const nowhere: [path: string, message: RegExp][] = [
    ["assets.ETH.process.drop", /assets\.ETH\.process\.drop is missing/],
    ["assets.WBTC.price", /assets\.WBTC is missing/],
    ["agents.liquidator.capital.USDC", /agents\.liquidator is missing/],
    ["agents.thief.capital.WBTC", /agents\.thief\.capital\.WBTC is missing/],
    ["name", /name is "crash"/],
    ["blocktime", /A scenario has no property "blocktime"/],
  ];
  for (const [path, message] of nowhere) {
    it(`is refused at ${path}, where there is no number`, async () => {
      const error = await failsWith("INVALID_SCENARIO", () => at(path, 1));
      expect(error.summary).to.match(message);
    });
  }

  it("is refused by what checks the scenario, or the oracle", async () => {
    await failsWith("INVALID_SCENARIO", () => at("blocks", 0));
    await failsWith("INVALID_OPTION", () => at("oracles.ETH.latency", 1));
    await failsWith("INVALID_OPTION", () => at("oracles.ETH.heartbeat", 0.5));
  });

  it("has the multiples of its step as its values", () => {
    const bp = { range: [0.50005, 0.9] as const, step: 0.0001 };
    expect(nearest(bp, 0.80004)).to.equal(0.8);
    expect(nearest(bp, 0)).to.equal(0.5001);
    expect(nearest(bp, 1)).to.equal(0.9);
    expect(nearest({ range: [0, 1] }, 0.123456)).to.equal(0.123456);
  });

  const wrong: [what: string, options: Record<string, unknown>][] = [
    ["range the wrong way round", { range: [1, 0] }],
    ["range of one number", { range: [1] }],
    ["step wider than its range", { step: 2 }],
    ["unit that is no text", { unit: "" }],
    ["setter of another kind", { set: 7 }],
    ["path with a gap", { set: "blocks..x" }],
    ["setter without a contract", { set: { slot: 0n, word: () => 1n } }],
    ["part of a slot that reaches beyond it", { set: { of: FEED, slot: 0n, offset: 20, bytes: 16, word: () => 1n } }],
    ["option that does not exist", { min: 0 }],
  ];
  for (const [what, options] of wrong) {
    it(`is refused with a ${what}`, async () => {
      await failsWith("INVALID_OPTION", () => parameter({ range: [0, 1], set: "blocks", ...options }));
    });
  }

  it("is refused in a scenario if parameter() has not made it, or its name is none for a flag", async () => {
    const build = (parameters: unknown): unknown => buildScenario({ ...base, parameters: parameters as never });
    await failsWith("INVALID_SCENARIO", () => build({ blocks: [1, 2] }));
    await failsWith("INVALID_SCENARIO", () => build({ "a b": parameter({ range: [1, 2], set: "blocks" }) }));
    await failsWith("INVALID_SCENARIO", () => build([]));
  });

  it("is searched only if one call sets it, and it says what it is now", async () => {
    const abi = parseAbi(["function setLtv(uint256 value)", "function ltv() view returns (uint256)"]);
    const calls = (value: number) => call({ address: FEED, abi, functionName: "setLtv", args: [BigInt(value)] });
    const reads = map(read({ address: FEED, abi, functionName: "ltv" }), Number);
    const given = { range: [1, 9], step: 1, set: { calls }, reads, search: true } as const;
    for (const [wrong, hint] of [
      [{ ...given, set: "blockTime" }, "siege.map"],
      [{ ...given, reads: undefined }, "reads"],
      [{ ...given, search: "yes" }, "true or false"],
    ] as const) {
      const error = await failsWith("INVALID_OPTION", () => parameter(wrong as never));
      expect(error.hint).to.include(hint);
    }
    const scenario = buildScenario({ ...base, parameters: { ltv: parameter(given), "1x": parameter(given) } });
    const error = await failsWith("INVALID_SCENARIO", () => withSearched(scenario));
    expect(error.message).to.include('"1x"');
    // only campaigns search: what is played otherwise does not have it
    expect(scenario.events).to.have.lengthOf(0);
    const { events } = withSearched(buildScenario({ ...base, parameters: { ltv: parameter(given) } }));
    expect(events.map(({ kind }) => kind)).to.deep.equal(["parameter.ltv"]);
    const unsearched = buildScenario({ ...base, parameters: { ltv: parameter({ ...given, search: false }) } });
    expect(withSearched(unsearched)).to.equal(unsearched);
    const set = buildScenario({ ...base, parameters: { ltv: parameter(given) } }).at({ ltv: 2 });
    expect(withSearched(set)).to.equal(set);
  });
});
