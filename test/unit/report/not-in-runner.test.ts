import { expect } from "chai";

import { renderFailure, renderSurvived } from "../../../src/report/terminal.js";
import { results } from "../../helpers/results.js";

describe("a report of a search outside of the Solidity test runner", () => {
  const { survived, violation } = results;
  const LINE = "  searched outside of the Solidity test runner, more slowly: Windows has no named pipes";

  it("says why, once", () => {
    const explored = { ...survived.explored, notInRunner: "Windows has no named pipes" };
    const lines = renderSurvived({ ...survived, explored }).split("\n");
    expect(lines.filter((line) => line === LINE)).to.have.length(1);
    expect(renderSurvived(survived)).not.to.include("test runner");
  });

  it("says why a finding was minimised there, once", () => {
    const explored = {
      ...violation.explored,
      minimisedAsTransactions: "a step that seemed to be needed is not needed then",
    };
    const lines = renderFailure({ ...violation, explored }).split("\n");
    const line =
      "  minimised with one transaction per call, more slowly: a step that seemed to be needed is not needed then";
    expect(lines.filter((one) => one === line)).to.have.length(1);
  });
});
