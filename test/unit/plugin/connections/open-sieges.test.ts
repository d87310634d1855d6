import type * as OpenSieges from "../../../../src/plugin/connections/open-sieges.js";
import type { Scenario, Siege } from "../../../../src/types.js";

import { expect } from "chai";

import { failsWith } from "../../../helpers/errors.js";

// a copy of its own: other tests leave connections open in this process
const copy = "../../../../src/plugin/connections/open-sieges.js?alone";
const { claim, closed, opened, siegeOf } = (await import(copy)) as typeof OpenSieges;

describe("the siege of a scenario", () => {
  const connections = [{}, {}] as const;
  // only told apart
  const sieges = [{}, {}] as unknown as readonly [Siege, Siege];
  const scenario = { name: "crash" } as Scenario;

  it("belongs to no connection before one opens", async () => {
    const error = await failsWith("NO_CONNECTION", () => siegeOf(scenario));
    expect(error.summary).to.equal('The scenario "crash" was made without a connection, and 0 are open.');
  });

  it("is that of the only open connection", () => {
    opened(connections[0], sieges[0]);
    expect(siegeOf(scenario)).to.equal(sieges[0]);
  });

  it("is ambiguous with two", async () => {
    opened(connections[1], sieges[1]);
    const error = await failsWith("NO_CONNECTION", () => siegeOf(scenario));
    expect(error.summary).to.equal('The scenario "crash" was made without a connection, and 2 are open.');
  });

  it("is that of the connection that made it, however many are open", () => {
    const own = { name: "own" } as Scenario;
    claim(own, sieges[0]);
    expect(siegeOf(own)).to.equal(sieges[0]);
  });

  it("forgets closed connections", () => {
    closed(connections[0]);
    expect(siegeOf(scenario)).to.equal(sieges[1]);
    // closing twice, or something that never opened, does nothing
    closed(connections[0]);
    closed({});
    expect(siegeOf(scenario)).to.equal(sieges[1]);
  });
});
