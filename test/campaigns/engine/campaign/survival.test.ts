import type { CampaignDraws } from "../../../helpers/draws.js";

import { expect } from "chai";

import { FIXTURES } from "../../../fixtures/all.js";
import { breaks } from "../../../fixtures/breaks.js";
import { deployCoupledVault } from "../../../fixtures/coupled-vault.js";
import { fallAlone, silenceAlone } from "../../../fixtures/scenarios.js";
import { OTHERWISE, recordedDraws } from "../../../helpers/draws.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";
import { SHORT_SEARCH, survivesItsSiblingsTrace, undone } from "../../../helpers/twin.js";

/** Seed 1; more of them, and whole budgets for twins, in test/deep. */
describe("survival", () => {
  const theFork = siegeForkForEach();

  for (const fixture of FIXTURES) {
    let drawn: CampaignDraws | undefined;

    it(`${fixture.name} breaks ${fixture.condition} in at most ${fixture.steps} steps (${fixture.why}), and its twin survives`, async () => {
      const fork = theFork();
      const sibling = await undone(fork, async () => {
        const { finding, draws } = await breaks(fork, fixture, 1);
        drawn = draws;
        return finding.violation.target;
      });
      const twin = await fixture.deploy(fork, "fixed");
      const scenario = fork.connection.siege.scenario(fixture.scenario(fork, twin));
      await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling });
    });

    it(`${fixture.name} breaks as it always broke, with the same draws`, async () => {
      const { campaigns } = await recordedDraws();
      expect(drawn, OTHERWISE).to.deep.equal(campaigns[fixture.name]![1]);
    });
  }

  describe("CoupledVault, with only one of its two preconditions", () => {
    for (const [missing, scenario] of [
      ["silence", fallAlone],
      ["fall", silenceAlone],
    ] as const) {
      it(`survives without the ${missing}`, async () => {
        const fork = theFork();
        const { siege } = fork.connection;
        const vault = await deployCoupledVault(fork, "flawed");
        const result = await siege.run(vault, siege.scenario(scenario(fork)), { seed: 1, runs: SHORT_SEARCH });
        expect(result.kind).to.equal("survived");
      });
    }
  });
});
