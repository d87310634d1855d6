import { it } from "node:test";

import { network } from "hardhat";

import { boxScenario } from "../siege/box-scenario.js";

// node --test plays each file in a process of its own
await it("LeakyBox survives", async () => {
  const connection = await network.create();
  const { target, scenario } = await boxScenario("LeakyBox")(connection);
  await connection.siege.assertSurvives(target, scenario);
  await connection.close();
});
