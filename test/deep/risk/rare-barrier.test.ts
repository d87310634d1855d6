import { expect } from "chai";

import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { barrierProbability } from "../../helpers/barrier-probability.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { DAY } from "../../helpers/rare-events.js";

const ESTIMATES = 20;

describe("a ruin probability near 1e-5, on the chain", () => {
  it("is found by 20 estimates that spread by less than 20 %, for less than a fiftieth of plain sampling's blocks", async () => {
    const probability = barrierProbability({ barrier: 0.36, deviation: DAY, looks: 30 });
    const local = await createLocalSiege();
    try {
      const { siege, provider } = local.connection;
      const note = await deployBarrierNote(provider, "flawed", 36);
      const scenario = siege.scenario(thirtyDays(note));
      const values: number[] = [];
      let covered = 0;
      for (let seed = 1; seed <= ESTIMATES; seed++) {
        const result = await siege.ruin(note, scenario, {
          paths: 500,
          seed,
          rare: { assets: { X: { deviations: -4.5 } } },
        });
        const { value, interval } = result.probability;
        values.push(value!);
        if (interval.lower <= probability && probability <= interval.upper) covered += 1;
        // a spread of 20 % takes plain sampling 1 / (0.2² p) paths of 30 blocks
        expect(result.cost.blocks).to.be.below(30 / (0.04 * probability) / 50);
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / ESTIMATES;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (ESTIMATES - 1));
      if (process.env.SIEGE_PRINT) console.log({ probability, mean, spread: spread / mean, covered });
      expect(spread / mean).to.be.below(0.2);
      expect(Math.abs(mean - probability)).to.be.at.most((3 * spread) / Math.sqrt(ESTIMATES));
      // of 20 intervals of 95 %, fewer than 16 contain the truth with a probability of 0.3 %
      expect(covered).to.be.at.least(16);
    } finally {
      await local.close();
    }
  });
});
