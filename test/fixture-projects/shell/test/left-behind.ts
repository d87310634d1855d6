import { expect } from "chai";
import { network } from "hardhat";

import { boxScenario } from "../siege/box-scenario.js";

/** Its matcher is not awaited. `next-file.ts` shares the connection. */
describe("left behind", function () {
  it("a campaign", async () => {
    const connection = await network.getOrCreate();
    const { target, scenario } = await boxScenario("CappedBox")(connection);
    // eslint-disable-next-line @typescript-eslint/no-floating-promises
    expect(target).toSurviveScenario(scenario, { runs: 100_000 });
    // until the campaign has begun
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
});
