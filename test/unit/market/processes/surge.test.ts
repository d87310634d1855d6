import { expect } from "chai";

import { surge } from "../../../../src/market/processes/surge.js";
import { createRandom } from "../../../../src/market/random.js";
import { failsWith } from "../../../helpers/errors.js";

describe("surge", () => {
  const paths = Array.from({ length: 400 }, (_value, seed) =>
    surge({ times: 20, between: [3, 6], lasts: 4 }).sample({ blocks: 20, blockTime: 12, random: createRandom(seed) }),
  );

  it("rises once, in the window, and falls back when it is over", () => {
    for (const path of paths) {
      const moves = path.flatMap((change, index) => (change === 0 ? [] : [{ block: index + 1, change }]));
      expect(moves).to.have.lengthOf(2);
      const [up, down] = moves;
      expect(up?.block).to.be.within(3, 6);
      expect(down?.block).to.equal((up?.block ?? 0) + 4);
      const product = (1 + (up?.change ?? 0) / 1e6) * (1 + (down?.change ?? 0) / 1e6);
      expect(product).to.be.closeTo(1, 2e-5);
    }
  });

  it("is exactly the largest rise in half of the runs", () => {
    const largest = paths.filter((path) => path.includes(19_000_000)).length;
    // four standard deviations of a fair coin
    expect(largest).to.be.within(200 - 40, 200 + 40);
  });

  it("refuses an invalid rise", async () => {
    await failsWith("INVALID_OPTION", () => surge({ times: 1 }));
  });
});
