import { expect } from "chai";

import { replayStrangers } from "../../../helpers/strangers.js";

describe("reproductions from strangers", () => {
  it("end in a replay or in an error with a code: 400 mutations, and 35 that were forged", async () => {
    const results = await replayStrangers(400, 11, "all");
    expect(results).to.have.length(435);
    const loops = results.filter(({ what }) => what.includes("loop of the cheapest") || what === "an infinite loop");
    expect(loops.map(({ end }) => end)).to.deep.equal(["REPRODUCTION_TOO_COSTLY", "REPRODUCTION_TOO_COSTLY"]);
  });
});
