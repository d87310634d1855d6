import type { ScenarioDefinition } from "../../../src/scenario/scenario.js";

import { expect } from "chai";

import { defineCondition } from "../../../src/conditions/condition.js";
import { chainlink, defineOracle, sequencerUptime } from "../../../src/oracles/index.js";
import { constant, defineProtocol, uniswapV2 } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../helpers/errors.js";

const FEED = "0x00000000000000000000000000000000000000f1";
const PAIR = "0x00000000000000000000000000000000000000a1";

const scenario: ScenarioDefinition = {
  name: "oracles",
  blocks: 1,
  assets: { ETH: { price: 2_000 } },
  agents: [],
  conditions: [defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined })],
};

/** All that a price feed needs. */
const feed = {
  kind: "keeperFeed",
  inspect: async () => undefined,
  observe: () => constant(0),
  model: () => ({ asset: "ETH", latencyBlocks: 0, deviation: 0.01, heartbeat: 3_600 }),
  price: () => 2_000,
  publish: () => ({ from: FEED, call: { to: FEED, function: { type: "function" }, args: [] } }) as never,
} as const;

describe("oracles", () => {
  it("are price feeds and uptime feeds, including user-defined ones", () => {
    const oracles = [
      chainlink(FEED, { asset: "ETH", name: "first" }),
      sequencerUptime(FEED),
      defineOracle<undefined, undefined, number>(feed)(FEED),
    ];
    const built = buildScenario({ ...scenario, oracles });
    expect([...built.oracles.keys()]).to.deep.equal(["first", "ETH"]);
    expect([...built.sequencers.keys()]).to.deep.equal(["sequencer"]);
  });

  it("are also protocols, which agents can read without their publishing", () => {
    const built = buildScenario({ ...scenario, protocols: { feed: chainlink(FEED, { asset: "ETH" }) } });
    expect([...built.protocols.keys(), ...built.oracles.keys()]).to.deep.equal(["feed"]);
  });

  it("are not pools, by their type and when the scenario is built", async () => {
    // @ts-expect-error a pool publishes nothing
    const definition: ScenarioDefinition = { ...scenario, oracles: [uniswapV2(PAIR)] };
    const error = await failsWith("INVALID_SCENARIO", () => buildScenario(definition));
    expect(error.summary).to.include('oracles[0] is a protocol of kind "uniswapV2"');
    expect(error.hint).to.include("defineOracle").and.to.include("protocols");
  });

  it("are not ordinary protocols, even if those have a price", async () => {
    const custom = defineProtocol({
      kind: "custom",
      inspect: async () => undefined,
      observe: () => constant({ price: 1 }),
    });
    // @ts-expect-error it publishes nothing
    await failsWith("INVALID_SCENARIO", () => buildScenario({ ...scenario, oracles: [custom(PAIR)] }));
  });

  for (const missing of ["price", "publish", "model"] as const) {
    it(`need ${missing}`, async () => {
      const definition = Object.fromEntries(Object.entries(feed).filter(([name]) => name !== missing));
      const error = await failsWith("ORACLE_WITHOUT_PRICE", () => defineOracle(definition as unknown as typeof feed));
      expect(error.summary).to.equal(`The oracle "keeperFeed" is defined without ${missing}().`);
    });
  }
});
