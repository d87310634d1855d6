import { expect } from "chai";

import { besiegeFreshMarket } from "../../../fixtures/empty-market.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";

/**
 * The robbery by hand, and in a run of the engine against either market: test/integration/protocols/compound-v2. The search
 * that finds it, in some 650 runs: test/deep.
 */
describe("a fresh market of a Compound v2 fork", () => {
  const theFork = siegeForkForEach();

  it("is not drained if its first supply is burned", async () => {
    const result = await besiegeFreshMarket(theFork(), "burnt", { runs: 10, seed: 1 });
    expect(result.kind).to.equal("survived");
  });
});
