import { expect } from "chai";
import { network } from "hardhat";

import { crash } from "../siege/crash.ts";

describe("a lending market in a crash", () => {
  it("is left with bad debt by liquidations that take their bonus whatever is left", async () => {
    const { target, scenario } = await crash(await network.create(), "LendingMarket");
    await expect(target).not.toSurviveScenario(scenario);
  });

  it("is left with none once the proxy is upgraded", async () => {
    const { target, scenario } = await crash(await network.create(), "LendingMarketV2");
    await expect(target).toSurviveScenario(scenario);
  });
});
