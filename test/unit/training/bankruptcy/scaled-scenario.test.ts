import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { retail } from "../../../../src/agents/retail.js";
import { solvent } from "../../../../src/conditions/solvent.js";
import { shock } from "../../../../src/market/processes/shock.js";
import { createRandom } from "../../../../src/market/random.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { scaled } from "../../../../src/training/bankruptcy/scaled-scenario.js";

const scenario = buildScenario({
  name: "a fall",
  blocks: 10,
  assets: {
    ETH: { price: 2_000, process: shock({ drop: 0.4 }), token: "0x00000000000000000000000000000000000000e1" },
    USDC: { price: 1, token: "0x00000000000000000000000000000000000000c1" },
  },
  agents: [attacker({ capital: { USDC: 1_000, ETH: 5 } }), retail({ capital: { USDC: 1_000 } })],
  conditions: [solvent({ assets: "a", liabilities: "b", asset: "USDC" })],
});

describe("scaled scenarios", () => {
  it("leave everybody but attackers what they have", () => {
    const small = scaled(scenario, { capital: 0.1, prices: 1 });
    expect(small.agents.get("attacker")?.capital).to.deep.equal({ USDC: 100, ETH: 0.5 });
    expect(small.agents.get("retail")?.capital).to.deep.equal({ USDC: 1_000 });
    expect(small.assets).to.deep.equal(scenario.assets);
    expect(scaled(scenario, { capital: 1, prices: 1 })).to.equal(scenario);
  });

  it("move prices a part of the way, on the same paths", () => {
    const context = { blocks: 10, blockTime: 12 };
    const path = (share: number): readonly number[] =>
      scaled(scenario, { capital: 1, prices: share })
        .assets.get("ETH")
        ?.process?.sample({ ...context, random: createRandom(3) }) ?? [];
    expect(path(1).some((change) => change < 0)).to.equal(true);
    expect(path(0.5)).to.deep.equal(path(1).map((change) => Math.round(change / 2)));
    expect(scaled(scenario, { capital: 1, prices: 0 }).assets.get("ETH")?.process).to.equal(undefined);
  });
});
