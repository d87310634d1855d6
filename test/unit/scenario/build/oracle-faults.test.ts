import type { Scenario, ScenarioDefinition } from "../../../../src/scenario/scenario.js";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { chainlink } from "../../../../src/oracles/chainlink/chainlink.js";
import { sequencerUptime } from "../../../../src/oracles/sequencer-uptime.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { faultsOf } from "../../../../src/scenario/build/oracle-faults.js";
import { failsWith } from "../../../helpers/errors.js";

const FEED = "0x00000000000000000000000000000000000000aa";
const BACKUP = "0x00000000000000000000000000000000000000ab";
const UPTIME = "0x00000000000000000000000000000000000000ac";

const oracles = [
  chainlink(FEED, { asset: "ETH" }),
  chainlink(BACKUP, { asset: "ETH", name: "backup" }),
  sequencerUptime(UPTIME),
];

function build(oracleFaults: unknown, changes: Partial<ScenarioDefinition> = {}): Scenario {
  return buildScenario({
    name: "faults",
    blocks: 50,
    blockTime: 1_200,
    assets: { ETH: {} },
    oracles,
    agents: [],
    conditions: [defineCondition({ id: "holds", observe: () => constant(undefined), judge: () => undefined })],
    // any user input
    oracleFaults: oracleFaults as NonNullable<ScenarioDefinition["oracleFaults"]>,
    ...changes,
  });
}

describe("oracleFaults", () => {
  it("distinguishes price feeds of one asset by name, and from uptime feeds", () => {
    const scenario = build(undefined);
    expect([...scenario.oracles.keys()]).to.deep.equal(["ETH", "backup"]);
    expect([...scenario.sequencers.keys()]).to.deep.equal(["sequencer"]);
  });

  it("fills in default durations, price factors and decimals", () => {
    const prices = ["ETH", "backup"];
    expect(build({ kinds: ["zero", "wrong", "decimals", "phase", "down"] }).oracleFaults).to.deep.equal([
      { kind: "zero", oracles: prices, maxBlocks: 3 },
      { kind: "wrong", oracles: prices, maxBlocks: 1, factors: [100_000, 10_000_000] },
      { kind: "decimals", oracles: prices, maxBlocks: 1, to: [8, 18] },
      { kind: "phase", oracles: prices, maxBlocks: 1 },
      { kind: "down", oracles: ["sequencer"], maxBlocks: 4 },
    ]);
  });

  it("accepts parameters, and maxDelayBlocks as a silence", () => {
    const kinds = [{ kind: "wrong", minFactor: 0.5, maxFactor: 2, maxBlocks: 4 }];
    const { oracleFaults } = build({ maxDelayBlocks: 7, kinds, oracles: ["backup"] });
    expect(oracleFaults).to.deep.equal([
      { kind: "silent", oracles: ["backup"], maxBlocks: 7 },
      { kind: "wrong", oracles: ["backup"], maxBlocks: 4, factors: [500_000, 2_000_000] },
    ]);
    expect(faultsOf(oracleFaults, "backup")).to.deep.equal(["silent", "wrong"]);
    expect(faultsOf(oracleFaults, "ETH")).to.deep.equal([]);
  });

  const wrong: readonly (readonly [unknown, string, string])[] = [
    [{ kinds: "zero" }, 'oracleFaults.kinds is "zero"', "List them"],
    [{ kinds: ["late"] }, 'oracleFaults.kinds[0] is "late"', "silent, frozen, stale"],
    [{ kinds: [{ kind: "late" }] }, 'oracleFaults.kinds[0].kind is "late"', "silent, frozen, stale"],
    [{ kinds: [{ kind: "zero", factor: 2 }] }, 'no property "factor"', "kind, maxBlocks"],
    [{ kinds: [{ kind: "zero", maxBlocks: 0 }] }, "kinds[0].maxBlocks is 0", "from 1 to 50"],
    [{ kinds: [{ kind: "wrong", minFactor: 0 }] }, "kinds[0].minFactor is 0", "from 0.001 to 1"],
    [{ kinds: [{ kind: "decimals", to: [] }] }, "kinds[0].to is an empty list", "List decimals"],
    [{ kinds: [{ kind: "decimals", to: [19] }] }, "kinds[0].to[0] is 19", "from 0 to 18"],
    [{ kinds: ["zero", "zero"] }, 'the kind "zero" twice', "once"],
    [{ maxDelayBlocks: 1, kinds: ["silent"] }, 'the kind "silent" twice', "maxDelayBlocks"],
    [{ kinds: ["zero"], oracles: ["BTC"] }, 'oracles[0] is "BTC"', "ETH, backup, sequencer"],
  ];
  for (const [faults, message, hint] of wrong) {
    it(`says: ${message}`, async () => {
      const error = await failsWith("INVALID_SCENARIO", () => build(faults));
      expect(error.summary).to.include(message);
      expect(error.hint).to.include(hint);
    });
  }

  it("says that a sequencer without a feed cannot be down", async () => {
    const changes = { oracles: oracles.slice(0, 2) };
    const error = await failsWith("INVALID_SCENARIO", () => build({ kinds: ["down"] }, changes));
    expect(error.hint).to.include("sequencerUptime");
  });

  it("says that two oracles may not share a name", async () => {
    const twins = [...oracles, chainlink(FEED, { asset: "ETH", name: "backup" })];
    const error = await failsWith("INVALID_SCENARIO", () => build(undefined, { oracles: twins }));
    expect(error.summary).to.include('oracles[3] has the name "backup"');
  });
});
