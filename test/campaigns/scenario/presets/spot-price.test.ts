import { expect } from "chai";

import { besiegeForAMoment } from "../../../fixtures/presets/for-a-moment.js";
import { siegeForkForEach } from "../../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../../helpers/twin.js";

describe("presets find the flaw they are made for", () => {
  const theFork = siegeForkForEach();

  it("oracleManipulation, also for a moment: a vault that lends at a pool's price, and its twin", async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const sibling = await undone(fork, async () => {
      const { target, scenario } = await besiegeForAMoment(fork, "flawed");
      expect((await siege.run(target, scenario, { runs: 200 })).kind).to.equal("violation");
      return target.name;
    });
    await survivesItsSiblingsTrace(fork, { ...(await besiegeForAMoment(fork, "fixed")), sibling });
  });
});
