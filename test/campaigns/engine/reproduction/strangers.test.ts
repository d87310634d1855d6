import { expect } from "chai";

import { replayStrangers } from "../../../helpers/strangers.js";

describe("a stranger's reproduction", () => {
  it("ends in a replay or in an error with a code, however it was damaged or forged", async () => {
    const results = await replayStrangers(40, 7, ["an infinite loop"]);
    const endOf = (what: string): string | undefined => results.find((result) => result.what === what)?.end;
    expect(endOf("an infinite loop")).to.equal("REPRODUCTION_TOO_COSTLY");
    expect(endOf("a FIFO that nobody writes to")).to.equal("REPRODUCTION_INVALID");
    expect(endOf("a hole of a terabyte")).to.equal("REPRODUCTION_TOO_LARGE");
    expect(endOf("names that rewrite the terminal")).to.equal("violation");
    // mutations reach every layer: the size, the form, and what is played
    const ends = new Set(results.map(({ end }) => end));
    expect([...ends]).to.include.members(["REPRODUCTION_INVALID", "REPRODUCTION_TOO_LARGE", "violation"]);
  });
});
