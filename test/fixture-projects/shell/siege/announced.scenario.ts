import type { NetworkConnection } from "hardhat/types/network";

import { boxScenario } from "./box-scenario.js";

/** Says when it is about to start, so that a test knows when to press Ctrl-C. */
export default async (connection: NetworkConnection) => {
  const scenario = await boxScenario("CappedBox")(connection);
  console.log("the siege begins");
  return scenario;
};
