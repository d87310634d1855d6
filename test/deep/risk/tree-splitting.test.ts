import { expect } from "chai";

import { treeSplitting } from "../../../src/risk/index.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { barrierProbability } from "../../helpers/barrier-probability.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { nearness, priceModel } from "../../helpers/note-model.js";
import { DAY, fallingBelow } from "../../helpers/rare-events.js";

const BARRIER = 0.36;

describe("splitting by trees, near 1e-5", () => {
  const probability = barrierProbability({ barrier: BARRIER, deviation: DAY, looks: 30 });
  /** Blocks that plain sampling takes for a spread of 20 %. */
  const plain = 30 / (0.04 * probability);

  it("has 20 estimates that spread by less than 20 %, for less than a fiftieth of plain sampling's blocks, pilots included", async () => {
    const values: number[] = [];
    let covered = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { value, interval, blocks } = await treeSplitting(fallingBelow(BARRIER), { target: 1, seed });
      values.push(value);
      if (interval.lower <= probability && probability <= interval.upper) covered += 1;
      expect(blocks.all).to.be.below(plain / 50);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    if (process.env.SIEGE_PRINT) console.log({ probability, mean, spread: spread / mean, covered });
    expect(spread / mean).to.be.below(0.2);
    expect(Math.abs(mean - probability)).to.be.at.most((3 * spread) / Math.sqrt(values.length));
    // of 20 intervals of 95 %, fewer than 16 contain the truth with a probability of 0.3 %
    expect(covered).to.be.at.least(16);
  });

  it("is the same on the chain, in executed blocks, those that are played again included", async () => {
    const local = await createLocalSiege();
    try {
      const { siege, provider } = local.connection;
      const note = await deployBarrierNote(provider, "flawed", 100 * BARRIER);
      const options = { trees: 100, seed: 1 };
      const result = await siege.rareRuin(note, siege.scenario(thirtyDays(note)), {
        ...options,
        score: nearness(100 * BARRIER),
      });
      const model = await priceModel(local, note, 100 * BARRIER, 1);
      expect(result.probability).to.deep.equal(await treeSplitting(model, { ...options, target: Number.MAX_VALUE }));
      if (process.env.SIEGE_PRINT) console.log(result.cost, result.probability);
      // a tenth of the trees has the pilot of all
      expect(result.cost.blocks).to.be.below(plain / 50);
    } finally {
      await local.close();
    }
  });
});
