import { expect } from "chai";

import { streamsOf } from "../../../../src/market/processes/streams.js";
import { createRandom } from "../../../../src/market/random.js";

describe("streamsOf", () => {
  const of = (seed: number, steps = 50): ReturnType<typeof streamsOf> => streamsOf(createRandom(seed), steps);

  it("gives each purpose a stream of its own, which depends on the seed alone", () => {
    const firsts = [1, 2].flatMap((seed) =>
      (["jumps", "variance"] as const).map((purpose) => of(seed).of(purpose).next()),
    );
    expect(new Set(firsts)).to.have.property("size", 4);
    expect(of(1, 2_000).of("jumps").next()).to.equal(firsts[0]);
  });

  it("draws the normals of the diffusion in order, however many are needed", () => {
    const random = createRandom(1);
    const expected = Array.from({ length: 50 }, () => random.normal());
    expect(of(1).diffusion).to.deep.equal(expected);
    expect(of(1, 2_000).diffusion.slice(0, 50)).to.deep.equal(expected);
  });
});
