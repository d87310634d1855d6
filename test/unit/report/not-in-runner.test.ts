import { expect } from "chai";

import { renderSurvived } from "../../../src/report/terminal.js";
import { results } from "../../helpers/results.js";

describe("a report of a search outside of the Solidity test runner", () => {
  const { survived } = results;
  const LINE = "  searched outside of the Solidity test runner, more slowly: Windows has no named pipes";

  it("says why, once", () => {
    const explored = { ...survived.explored, notInRunner: "Windows has no named pipes" };
    const lines = renderSurvived({ ...survived, explored }).split("\n");
    expect(lines.filter((line) => line === LINE)).to.have.length(1);
    expect(renderSurvived(survived)).not.to.include("test runner");
  });
});
