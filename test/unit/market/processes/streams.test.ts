import { expect } from "chai";

import { streamsOf, withinBlocks } from "../../../../src/market/processes/streams.js";
import { createRandom } from "../../../../src/market/random.js";
import { expectMean, expectMoments } from "../../../helpers/estimates.js";

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

describe("withinBlocks", () => {
  const streams = streamsOf(createRandom(1), 20_000);

  it("adds up to the normals of the blocks", () => {
    const normals = withinBlocks(streams, 4);
    for (const block of [0, 1, 19_999]) {
      const sum = normals.slice(4 * block, 4 * block + 4).reduce((total, value) => total + value, 0);
      expect(sum).to.be.closeTo(2 * streams.diffusion[block]!, 1e-12);
    }
    expect(withinBlocks(streams, 1)).to.equal(streams.diffusion);
  });

  it("is made of independent standard normals", () => {
    const normals = withinBlocks(streams, 3);
    expectMoments(normals, { mean: 0, variance: 1, third: 0, fourth: 3 });
    for (const lag of [1, 2, 3]) {
      expectMean(
        normals.slice(lag).map((value, index) => value * normals[index]!),
        0,
        `covariance at lag ${lag}`,
      );
    }
  });
});
