import { expect } from "chai";

import { PRESET_FIXTURES } from "../../fixtures/presets/all.js";
import { foundBy, prepared } from "../../fixtures/presets/besiege.js";
import { besiegeForAMoment } from "../../fixtures/presets/for-a-moment.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { SEEDS } from "../seeds.js";

import "../whole.js";

/** Runs that docs/presets.md has of every twin at least. */
const WHOLE = 60;

/** Many seeds of what test/campaigns/scenario/presets has one of, and longer searches of the twins. */
describe("presets", () => {
  const theFork = siegeForkForEach();

  for (const fixture of PRESET_FIXTURES) {
    const { name, preset, flaw, fix } = fixture;
    for (const seed of SEEDS) {
      it(`${preset}: ${name} ${flaw}, seed ${seed}`, async () => {
        const finding = await foundBy(theFork(), fixture, seed);
        expect(finding.certificate?.kind).to.equal("1-minimal");
        expect((await theFork().connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
    }

    it(`${preset}: its twin ${fix}`, async () => {
      const { target, scenario } = await prepared(theFork(), fixture, "fixed");
      const { kind } = await theFork().connection.siege.run(target, scenario, { seed: 1, runs: 200 });
      expect(kind).to.equal(fixture.refuses === true ? "inconclusive" : "survived");
    });
  }

  it("oracleManipulation, also for a moment: the twin of a vault that lends at a pool's price", async () => {
    const { target, scenario } = await besiegeForAMoment(theFork(), "fixed");
    expect((await theFork().connection.siege.run(target, scenario, { seed: 1, runs: WHOLE })).kind).to.equal(
      "survived",
    );
  });
});
