import { expect } from "chai";

import { renderResult } from "../../../src/report/terminal.js";
import { CALLED_BACK, named } from "../../fixtures/callbacks.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

const SEEDS = [1, 2, 3, 4, 5];

/** Half of the budget. */
const RUNS = 100;

describe("attackers who are called back", () => {
  const theFork = siegeForkForEach();

  for (const fixture of CALLED_BACK) {
    const { pending, pendingSteps, seeds = SEEDS.length } = fixture;
    const specify = (pending ?? pendingSteps) === undefined ? it : it.skip;
    specify(`break ${named(fixture)} with ${seeds} of 5 seeds, its twin with none and the whole budget`, async () => {
      const fork = theFork();
      const { siege } = fork.connection;
      const flawed = await fixture.deploy(fork, "flawed");
      const fixed = await fixture.deploy(fork, "fixed");
      const found: number[] = [];
      for (const seed of SEEDS) {
        await fork.forget();
        const result = await siege.run(flawed, siege.scenario(await fixture.scenario(fork, flawed)), {
          seed,
          runs: RUNS,
        });
        if (result.kind === "violation") {
          found.push(seed);
          expect(result.finding.trace.steps, renderResult(result)).to.have.lengthOf.at.most(fixture.steps);
          expect(result.finding.certificate?.kind).to.equal("1-minimal");
        }
        await fork.forget();
        const twin = await siege.run(fixed, siege.scenario(await fixture.scenario(fork, fixed)), { seed });
        expect(twin.kind, renderResult(twin)).to.equal("survived");
      }
      expect(found, `of ${SEEDS.join(", ")}`).to.have.lengthOf.at.least(seeds);
    });
  }
});
