import { expect } from "chai";
import { network } from "hardhat";

import { boxScenario } from "../siege/box-scenario.js";

/** What a run of tests leaves reports of. */
describe("boxes", function () {
  for (const [box, how] of [
    ["CappedBox", "survives"],
    ["LeakyBox", "breaks, and should not"],
    ["LeakyBox", "breaks, as it should"],
    ["LockedBox", "is not judged"],
  ] as const) {
    it(`${box} ${how}`, async () => {
      const connection = await network.create();
      const { target, scenario } = await boxScenario(box)(connection);
      if (how === "survives") await connection.siege.assertSurvives(target, scenario);
      else if (how === "breaks, as it should") await expect(target).not.toSurviveScenario(scenario);
      else await expect(target).toSurviveScenario(scenario);
      await connection.close();
    });
  }
});
