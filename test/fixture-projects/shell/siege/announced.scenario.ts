import { defineScenario } from "../../../../src/scenario/define-scenario.js";

import { boxScenario } from "./box-scenario.js";

/** Says when it is about to start, so that a test knows when to press Ctrl-C. */
export default defineScenario(async (connection) => {
  const scenario = await boxScenario("CappedBox")(connection);
  console.log("the siege begins");
  return scenario;
});
