import type { EventDefinition, ScenarioEvent } from "../../../../src/scenario/index.js";
import type { ValueRanges } from "../../../../src/scenario/index.js";

import { expect } from "chai";

import { buildEvents } from "../../../../src/scenario/build/events.js";
import { defineEvent } from "../../../../src/scenario/index.js";
import { failsWith } from "../../../helpers/errors.js";

const definition: EventDefinition<undefined, ValueRanges> = {
  kind: "vault.pause",
  actor: "owner",
  values: { paused: { type: "flag" } },
  sender: () => "0x00000000000000000000000000000000000000aa",
  call: () => {
    throw new Error("nothing is called here");
  },
  words: () => "pauses",
  noun: "a pause",
};

const made = (change: object): ScenarioEvent => defineEvent({ ...definition, ...change });

describe("a scenario's events", () => {
  it("are none, unless it lists some", () => {
    expect(buildEvents(undefined)).to.deep.equal([]);
    expect(buildEvents([defineEvent(definition)]).map(({ kind }) => kind)).to.deep.equal(["vault.pause"]);
  });

  for (const [what, events] of [
    ["events is 5", 5],
    ["events[0] is the function made", [made]],
    ["events[0] is an object with kind", [{ kind: "vault.pause" }]],
    [
      'events[1] is of the kind "vault.pause", which events[0] defines already',
      [made({}), made({ actor: "guardian" })],
    ],
    ["events[0].actor is an empty string", [made({ actor: "" })]],
    ["events[0].noun is missing", [made({ noun: undefined })]],
    ["events[0].most is 101", [made({ most: 101 })]],
    [
      "events[0].values.limit is an object with type",
      [made({ values: { limit: { type: "integer", min: 2, max: 1 } } })],
    ],
    ["events[0].values.limit is an object with type", [made({ values: { limit: { type: "choice", of: [] } } })]],
    ['events[0].size.value is "paused"', [made({ size: { value: "paused", from: () => 0, words: String } })]],
  ] as const) {
    it(`says: ${what}`, async () => {
      const error = await failsWith("INVALID_SCENARIO", () => buildEvents(events));
      expect(error.summary).to.include(what);
    });
  }

  for (const kind of ["pause", "call", ".pause", "vault.", "vault pause.x", undefined]) {
    it(`have a kind with a dot in its name, which ${String(kind)} is not`, async () => {
      const error = await failsWith("INVALID_OPTION", () => made({ kind }));
      expect(error.hint).to.include("a dot");
    });
  }
});
