import { expect } from "chai";
import { network } from "hardhat";

import { weekOfYield } from "../siege/week-of-yield.ts";

describe("a vault whose yield is harvested once a week", () => {
  it("loses the yield to whoever comes for the harvest, if all of it counts at once", async () => {
    const { target, scenario } = await weekOfYield(await network.create(), "YieldVault");
    await expect(target).not.toSurviveScenario(scenario);
  });

  it("keeps it for those who were there, if it unlocks over the week that follows", async () => {
    const { target, scenario } = await weekOfYield(await network.create(), "YieldVaultFixed");
    await expect(target).toSurviveScenario(scenario);
  });
});
