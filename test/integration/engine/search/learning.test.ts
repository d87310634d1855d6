import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { Player } from "../../../../src/engine/run/player.js";
import { playJob } from "../../../../src/engine/search/lanes/run-job.js";
import { GENERATION, RankedSource } from "../../../../src/engine/search/ranked-source.js";
import { probed } from "../../../helpers/probed.js";

describe("runs that learn nothing", () => {
  it("are those of the seed's own sequence, whatever the generations before them did", async () => {
    const on = await probed("NoticeDesk", [attacker({ native: 10 })]);
    try {
      const { world } = on;
      const player = new Player(world, () => undefined);
      const learning = new RankedSource(world, 1);
      const drawn = new RankedSource(world, 1, { learns: false });
      for (let index = 0; index < GENERATION; index++) {
        expect(drawn.genome(index)).to.deep.equal(learning.genome(index));
        const report = await playJob(player, learning.job(index));
        learning.reported(report);
        drawn.reported(report);
      }
      learning.grow();
      drawn.grow();
      const later = learning.genome(GENERATION);
      expect(later.ranks).to.not.equal(undefined);
      const { ranks, callers, accepted } = drawn.genome(GENERATION);
      expect({ ranks, callers, accepted }).to.deep.equal({ ranks: undefined, callers: undefined, accepted: undefined });
    } finally {
      await on.close();
    }
  });
});
