import type { Minimised } from "../../../helpers/minimised.js";

import { expect } from "chai";

import { FIXTURES } from "../../../fixtures/all.js";
import { firstOf, minimised } from "../../../helpers/minimised.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";
import { SEEDS } from "../../seeds.js";

/** One of them in test/campaigns/engine/minimise. */
describe("minimising on lanes in the Solidity test runner", () => {
  const theFork = siegeForkForEach();

  for (const fixture of FIXTURES) {
    for (const seed of SEEDS) {
      it(`ends as with one transaction per call, to the byte: ${fixture.name}, seed ${seed}`, async () => {
        const fork = theFork();
        const target = await fixture.deploy(fork, "flawed");
        const on = (lanes: number): Promise<Minimised> =>
          minimised(fork, target, fixture.scenario(fork, target), { lanes, found: firstOf(seed) });
        const onLanes = await on(2);
        const asTransactions = await on(0);
        expect(onLanes.finding).to.deep.equal(asTransactions.finding);
        expect(onLanes.explored).to.deep.equal(asTransactions.explored);
      });
    }
  }
});
