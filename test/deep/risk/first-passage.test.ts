import { expect } from "chai";

import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { createLocalSiege } from "../../helpers/local-siege.js";

describe("ruin of a barrier that is checked once a day", () => {
  it("is that of discrete monitoring, and not of continuous", async () => {
    const local = await createLocalSiege();
    try {
      const { siege, provider } = local.connection;
      const note = await deployBarrierNote(provider, "flawed");
      const { probability, ruined, losses } = await siege.ruin(note, siege.scenario(thirtyDays(note)), {
        paths: 4_000,
      });
      const { lower, upper } = probability.interval;
      // S = 100, H = 80, no drift, volatility 80 %, 30 days: watched daily, and watched continuously
      expect(0.318505).to.be.within(lower, upper);
      expect(0.368359).to.be.above(upper);
      expect(ruined.length / 4_000).to.equal(probability.value);
      expect(losses[0]?.paths).to.equal(ruined.length);

      const fixed = await deployBarrierNote(provider, "fixed");
      const survives = await siege.ruin(fixed, siege.scenario(thirtyDays(fixed)), { paths: 500 });
      expect(survives.probability.value).to.equal(0);
      expect(survives.probability.interval.upper).to.be.closeTo(0.00735061, 1e-8);
    } finally {
      await local.close();
    }
  });
});
