import type { Activity, SurvivedResult } from "../../../src/types.js";

import { expect } from "chai";

import { verdictOf } from "../../../src/report/reporters/verdict.js";
import { renderSurvived } from "../../../src/report/terminal.js";
import { results } from "../../helpers/results.js";

describe("what little a pass rests on", () => {
  const functions = (succeeded: number, never: number): Activity["calls"] =>
    Array.from({ length: succeeded + never }, (_value, index) => ({
      agent: "attacker",
      function: `target.f${index}`,
      tried: 4,
      included: 4,
      succeeded: index < succeeded ? 4 : 0,
      reverts: index < succeeded ? [] : [{ reason: "NotReady()", count: 4 }],
    }));

  function survived(runs: number, calls: Activity["calls"]): SurvivedResult {
    const { survived: usual } = results;
    return { ...usual, cost: { ...usual.cost, runs }, activity: { ...usual.activity, calls } };
  }

  /** The lines between the second and those of the activity. */
  const told = (result: SurvivedResult): readonly string[] => {
    const lines = renderSurvived(result).split("\n");
    return lines.slice(
      2,
      lines.findIndex((line) => line.startsWith("  calls")),
    );
  };

  it("is said at once: few runs, and few of the functions", () => {
    expect(told(survived(1, functions(3, 8)))).to.deep.equal([
      "  a campaign of 1 run says little: the default has 500",
      "  only 3 of 11 functions ever succeeded: a flaw behind the others is not seen",
    ]);
  });

  it("is not said of a campaign that had enough of both", () => {
    expect(told(survived(50, functions(3, 3)))).to.deep.equal([]);
    expect(told(survived(49, functions(3, 3)))).to.have.lengthOf(1);
    expect(told(survived(50, functions(3, 4)))).to.have.lengthOf(1);
  });

  it("does not count what a contract keeps for a role", () => {
    const kept = functions(0, 5).map((call) => ({
      ...call,
      function: `${call.function}Only`,
      reverts: [{ reason: "NotOwner()", count: 4 }],
    }));
    expect(told(survived(500, [...functions(3, 3), ...kept]))).to.deep.equal([]);
    expect(told(survived(500, [...functions(3, 8), ...kept]))).to.deep.equal([
      "  only 3 of 11 functions that are kept for no role ever succeeded: a flaw behind the others is not seen",
    ]);
  });

  it("is in other reports, too, and remains a pass", () => {
    const result = survived(1, functions(3, 8));
    expect(verdictOf({ file: "siege/vault.scenario.ts", result })).to.deep.equal({
      kind: "passed",
      code: "survived",
      reason:
        "no condition was violated in 1 run; a campaign of 1 run says little: the default has 500; only 3 of 11 functions ever succeeded: a flaw behind the others is not seen",
    });
  });
});
