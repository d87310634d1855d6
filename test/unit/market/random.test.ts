import { expect } from "chai";

import { createRandom, mixSeeds } from "../../../src/market/random.js";

describe("mixSeeds", () => {
  it("is murmur3", () => {
    // the published vector for four zero bytes and seed 0: 0x2362f9de
    expect(mixSeeds(0)).to.equal(0x2362f9de);
  });

  it("gives neighbouring seeds nothing in common: run 2 of seed 1 is not run 1 of seed 2", () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 200; seed++) for (let run = 0; run < 200; run++) seen.add(mixSeeds(seed, run));
    expect(seen.size).to.equal(40_000);
  });

  it("gives neighbouring seeds independent streams", () => {
    // the share of neighbours whose first numbers are in the same order; 1/2 if they are independent
    let ordered = 0;
    for (let run = 0; run < 2_000; run++) {
      const [one, two] = [run, run + 1].map((at) => createRandom(mixSeeds(7, at)).next());
      if ((one ?? 0) < (two ?? 0)) ordered += 1;
    }
    expect(ordered / 2_000).to.be.within(0.45, 0.55);
  });
});
