import { expect } from "chai";

import { renderFailure, renderSurvived } from "../../../src/report/index.js";
import { results } from "../../helpers/results.js";

describe("the last line of a report", () => {
  it("names the block of a fork as such, and no other", () => {
    const { survived, violation } = results;
    expect(renderSurvived({ ...survived, isFork: true })).to.include("seed 1, fork block 20, 1.5 s");
    expect(renderSurvived(survived)).to.include("seed 1, block 20, 1.5 s");
    expect(renderFailure(violation)).to.include("seed 1, run 3, block 20, 9 runs in total");
  });
});
