import type { Condition } from "../../../../src/conditions/condition.js";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { read } from "../../../../src/protocols/read-plan.js";
import { defineScenario, objective, parameter } from "../../../../src/scenario/index.js";

const CAP = 1_000n;

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
] as const;

/** A box that takes values up to its cap survives a limit of at least that, and breaks below it. */
export default defineScenario(async ({ viem, siege }) => ({
  target: await viem.deployContract("CappedBox", [CAP]),
  scenario: siege.scenario({
    name: "anybody sets the box",
    blocks: 3,
    assets: {},
    agents: [{ role: "attacker", moves: { kind: "any" } }],
    conditions: [within(Number(CAP))],
    parameters: {
      limit: parameter({ range: [500, 1_500], step: 1, set: (limit) => ({ conditions: [within(limit)] }) }),
      blocks: parameter({ range: [1, 5], step: 1, unit: "blocks", set: "blocks" }),
    },
    objectives: { tightness: objective({ goal: "minimise", of: ({ values }) => values.limit ?? 0 }) },
  }),
}));

function within(limit: number): Condition {
  return defineCondition({
    id: "within",
    observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "value" }),
    judge: ({ reading }) => (Number(reading) > limit ? `value ${reading} above the limit of ${limit}` : undefined),
    margin: ({ reading }) => Math.max(0, 1 - Number(reading) / limit),
  });
}
