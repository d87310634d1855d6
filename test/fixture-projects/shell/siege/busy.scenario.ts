import { appendFileSync } from "node:fs";

import { defineAgent } from "../../../../src/agents/agent.js";
import { defineScenario } from "../../../../src/scenario/define-scenario.js";

import { boxScenario } from "./box-scenario.js";

/** An agent that computes, once in a job, for as long as `SIEGE_TEST_BUSY` says, seconds: no timer runs meanwhile. */
export default defineScenario(async (connection) => {
  const { target, scenario } = await boxScenario("CappedBox")(connection);
  const { SIEGE_TEST_BUSY: seconds = "0", SIEGE_TEST_LOG: log } = process.env;
  let isDone = false;
  const computer = defineAgent({
    role: "computer",
    act: () => {
      if (isDone) return;
      isDone = true;
      if (log !== undefined) appendFileSync(log, `${process.pid}\n`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(seconds) * 1_000);
    },
  });
  return { target, scenario: { ...scenario, agents: new Map([...scenario.agents, ["computer", computer]]) } };
});
