import type { SiegeErrorCode } from "../../../../src/errors.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { defineAgent } from "../../../../src/agents/agent.js";
import { noShortfall } from "../../../../src/conditions/no-shortfall.js";
import { gbm } from "../../../../src/market/index.js";
import { call } from "../../../../src/protocols/call.js";
import { defineProtocol } from "../../../../src/protocols/protocol.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { shock } from "../../../../src/scenario/shock.js";
import { failsWith } from "../../../helpers/errors.js";

const address = "0x0000000000000000000000000000000000000001";
const calls = call({ address, abi: parseAbi(["function fail()"]), functionName: "fail" });
const pool = defineProtocol({
  kind: "pool",
  inspect: () => Promise.resolve(undefined),
  observe: () => constant(0),
  shortfall: () => (short) => short,
});
const seller = defineAgent({ role: "seller", act: () => undefined });

const definition: ScenarioDefinition = {
  name: "pools",
  blocks: 3,
  assets: { X: { price: 1 }, Y: { price: 1, process: gbm({ volatility: 1 }) } },
  protocols: { left: pool(address), right: pool(address) },
  agents: [seller],
  conditions: [noShortfall()],
};

describe("shocks", () => {
  it("are complete in a scenario, with agents of their own and with words", () => {
    const { shocks, agents } = buildScenario({
      ...definition,
      shocks: {
        right: shock({ agents: [seller], prices: { X: -0.25 } }),
        left: shock({ words: "is sold", calls: [calls, calls], as: address }),
      },
    });
    expect([...agents.keys()]).to.deep.equal(["seller"]);
    const [right, left] = [...shocks.values()];
    expect([...right!.agents.keys()]).to.deep.equal(["seller 2"]);
    expect(right!.words).to.equal("seller 2 acts; X falls 25.0 %");
    expect(left).to.include({ words: "is sold", as: address });
    expect(left!.calls).to.have.length(2);
    expect(buildScenario(definition).shocks.size).to.equal(0);
  });

  it("are refused, each with a code, where they are none", async () => {
    const cases: readonly (readonly [SiegeErrorCode, RegExp, () => unknown])[] = [
      ["INVALID_OPTION", /"calls" is missing/, () => shock({})],
      ["INVALID_OPTION", /"calls" is/, () => shock({ calls: [] })],
      ["INVALID_OPTION", /"as" is/, () => shock({ agents: [seller], as: address })],
      ["INVALID_OPTION", /"agents" is/, () => shock({ agents: [] })],
      ["INVALID_OPTION", /prices\.X/, () => shock({ prices: { X: -1 } })],
      ["INVALID_OPTION", /no option "call"/, () => shock({ call: calls } as object)],
      ["UNKNOWN_PROTOCOL", /shocks\.middle/, () => built({ middle: shock({ calls }) })],
      ["INVALID_SCENARIO", /shocks\.left is/, () => built({ left: 1 } as never)],
      ["INVALID_OPTION", /"calls" is "all"/, () => built({ left: { calls: "all" } } as never)],
      ["UNKNOWN_ASSET", /shocks\.left\.prices\.Z/, () => built({ left: shock({ prices: { Z: -0.1 } }) })],
      ["INVALID_SCENARIO", /has a process of its own/, () => built({ left: shock({ prices: { Y: -0.1 } }) })],
      [
        "INVALID_SCENARIO",
        /"idler", which has no policy/,
        () => built({ left: shock({ agents: [defineAgent({ role: "idler" })] }) }),
      ],
    ];
    for (const [code, message, work] of cases) expect((await failsWith(code, work)).summary).to.match(message);
  });
});

function built(shocks: NonNullable<ScenarioDefinition["shocks"]>): unknown {
  return buildScenario({ ...definition, shocks });
}
