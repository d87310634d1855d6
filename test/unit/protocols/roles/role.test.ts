import type { Role } from "../../../../src/protocols/index.js";
import type { Protocol } from "../../../../src/protocols/protocol.js";

import { expect } from "chai";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { constant, defineProtocol, defineRole, plays, uniswapV2, venue } from "../../../../src/protocols/index.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../../helpers/errors.js";

const ADDRESS = "0x00000000000000000000000000000000000000a1";

interface Bridge {
  readonly inFlight: bigint;
}

/** A protocol of a user that plays some roles, each of which sees what is in flight. */
function bridgeWith(kind: string, ...roles: readonly Role<Bridge>[]): Protocol<Bridge> {
  return defineProtocol<undefined, undefined, Bridge>({
    kind,
    inspect: async () => undefined,
    observe: () => constant({ inFlight: 1n }),
    roles: roles.map((role) => plays(role, (view: Bridge) => view)),
  })(ADDRESS);
}

function scenarioWith(protocols: Readonly<Record<string, Protocol>>) {
  return buildScenario({
    name: "roles",
    blocks: 1,
    assets: { ETH: { price: 2_000 } },
    protocols,
    agents: [],
    conditions: [defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined })],
  });
}

describe("roles", () => {
  it("are played by any number of protocols of a scenario", () => {
    const bridge = defineRole<Bridge>("bridge");
    const protocols = { one: bridgeWith("one", bridge), other: bridgeWith("other", bridge), pool: uniswapV2(ADDRESS) };
    expect([...scenarioWith(protocols).protocols.keys()]).to.deep.equal(["one", "other", "pool"]);
  });

  it("refuse a protocol that plays one twice", async () => {
    const bridge = defineRole<Bridge>("bridge");
    const error = await failsWith("INVALID_ROLE", () => bridgeWith("canonicalBridge", bridge, bridge));
    expect(error.summary).to.include('"canonicalBridge"').and.to.include('"bridge" twice');
  });

  it("refuse two roles with the same name, in a protocol and in a scenario", async () => {
    const [bridge, homonym] = [defineRole<Bridge>("bridge"), defineRole<Bridge>("bridge")];
    await failsWith("INVALID_ROLE", () => bridgeWith("canonicalBridge", bridge, homonym));
    const protocols = { one: bridgeWith("one", bridge), other: bridgeWith("other", homonym) };
    const error = await failsWith("INVALID_ROLE", () => scenarioWith(protocols));
    expect(error.summary).to.include("protocols.other").and.to.include('"bridge"');
  });

  it("refuse the name of a built-in role", async () => {
    const own = bridgeWith("own", defineRole<Bridge>(venue.name));
    await failsWith("INVALID_ROLE", () => scenarioWith({ pool: uniswapV2(ADDRESS), own }));
  });

  it("refuse an empty name", async () => {
    await failsWith("INVALID_ROLE", () => defineRole(""));
  });

  it("know what agents see of the protocols that play them", () => {
    const bridge = defineRole<Bridge>("bridge");
    // @ts-expect-error a number is no Bridge
    expect(plays(bridge, () => 1).role).to.equal(bridge);
    defineProtocol<undefined, undefined, Bridge>({
      kind: "typed",
      inspect: async () => undefined,
      observe: () => constant({ inFlight: 1n }),
      // @ts-expect-error the view of the protocol has no such property
      roles: [plays(bridge, (view) => ({ inFlight: view.missing as bigint }))],
    });
    const general: Protocol = bridgeWith("general", bridge);
    expect(general.definition.roles).to.have.length(1);
  });
});
