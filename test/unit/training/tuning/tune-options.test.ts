import { expect } from "chai";

import { buildObjectives } from "../../../../src/scenario/build/objectives.js";
import { objective, parameter } from "../../../../src/scenario/index.js";
import { tunePlan } from "../../../../src/training/tuning/tune-options.js";
import { codeOf } from "../../../helpers/errors.js";

const parameters = new Map([
  ["ltv", parameter({ range: [0.5, 0.9], set: "blockTime" })],
  ["bonus", parameter({ range: [0, 0.1], set: "blockTime" })],
]);
const objectives = new Map([["ltv", objective({ goal: "maximise", of: ({ values }) => values.ltv ?? 0 })]]);

function plan(options: object): ReturnType<typeof tunePlan> {
  return tunePlan({ ruin: { limit: 0.01 }, ...options }, { parameters, objectives }, buildObjectives);
}

describe("tunePlan", () => {
  it("takes the scenario's parameters and objectives, and paths enough to decide the limit", () => {
    const { axes, objectives: taken, fresh, confidence } = plan({ parameters: { bonus: 0.05 } });
    expect(axes.map(({ name }) => name)).to.deep.equal(["ltv"]);
    expect([...taken.keys(), fresh, confidence]).to.deep.equal(["ltv", 4_000, 0.95]);
  });

  for (const [what, options, code] of [
    ["no limit", { ruin: undefined }, "INVALID_OPTION"],
    ["a limit of 1", { ruin: { limit: 1 } }, "INVALID_OPTION"],
    ["a limit that is not a number", { ruin: { limit: "low" } }, "INVALID_OPTION"],
    ["a typo in it", { ruin: { limit: 0.1, confidance: 0.9 } }, "INVALID_OPTION"],
    ["no objective", { objectives: {} }, "INVALID_OPTION"],
    ["an objective that is none", { objectives: { ltv: 1 } }, "INVALID_SCENARIO"],
    ["no parameter", { of: [] }, "INVALID_OPTION"],
    ["a parameter that is set", { of: ["ltv"], parameters: { ltv: 0.6 } }, "INVALID_OPTION"],
    ["a parameter that does not exist", { of: ["lvt"] }, "UNKNOWN_PARAMETER"],
    ["too few candidates", { candidates: 3 }, "INVALID_OPTION"],
    ["half a path", { paths: 0.5 }, "INVALID_OPTION"],
    ["no time", { timeLimit: 0 }, "INVALID_OPTION"],
    ["an unknown option", { generations: 5 }, "INVALID_OPTION"],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => plan(options))).to.equal(code);
    });
  }
});

describe("objective", () => {
  it("refuses what cannot be measured", () => {
    const wrong = [{}, { goal: "raise", of: () => 1 }, { goal: "maximise" }, { goal: "maximise", reads: 5 }];
    for (const options of [...wrong, { goal: "maximise", of: 5 }, { goal: "maximise", of: () => 1, unit: "" }]) {
      expect(
        codeOf(() => objective(options as never)),
        JSON.stringify(options),
      ).to.equal("INVALID_OPTION");
    }
  });
});
