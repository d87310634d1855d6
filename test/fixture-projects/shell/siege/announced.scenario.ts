import { defineAgent } from "../../../../src/agents/agent.js";
import { defineScenario } from "../../../../src/scenario/define-scenario.js";

import { boxScenario } from "./box-scenario.js";

/** Says when it is about to start and when its first run is under way, so that a test knows when to press Ctrl-C. */
export default defineScenario(async (connection) => {
  const { target, scenario } = await boxScenario("CappedBox")(connection);
  console.log("the siege begins");
  let isUnderWay = false;
  const announcer = defineAgent({
    role: "announcer",
    act: () => {
      if (!isUnderWay) console.log("the siege goes on");
      isUnderWay = true;
    },
  });
  return { target, scenario: { ...scenario, agents: new Map([...scenario.agents, ["announcer", announcer]]) } };
});
