import { expect } from "chai";

import { renderResult } from "../../src/report/terminal.js";
import { besiege } from "../fixtures/damn-vulnerable-defi/besiege.js";
import { CHALLENGES } from "../fixtures/damn-vulnerable-defi/challenges.js";
import { CHECKOUT } from "../fixtures/damn-vulnerable-defi/checkout.js";

const SEEDS = [1, 2, 3];

/** DVDF=/path/to/damn-vulnerable-defi, see docs/damn-vulnerable-defi.md; no contract of it is edited. */
describe("Damn Vulnerable DeFi", () => {
  for (const challenge of CHALLENGES.filter(({ found }) => found)) {
    it(`${challenge.name} breaks in a default campaign, with one of three seeds at least`, async function () {
      if (CHECKOUT === undefined) this.skip();
      const reports: string[] = [];
      const found: number[] = [];
      for (const seed of SEEDS) {
        const result = await besiege(challenge, { seed });
        reports.push(renderResult(result));
        if (result.kind === "violation") found.push(seed);
      }
      expect(found, reports.join("\n")).to.have.lengthOf.at.least(1);
    });
  }
});
