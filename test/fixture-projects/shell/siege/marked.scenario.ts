import { defineAgent } from "../../../../src/agents/agent.js";
import { defineCondition } from "../../../../src/conditions/condition.js";
import { gbm } from "../../../../src/market/index.js";
import { call } from "../../../../src/protocols/call.js";
import { read } from "../../../../src/protocols/read-plan.js";
import { defineScenario } from "../../../../src/scenario/define-scenario.js";

const FLOOR = 80;

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
  { type: "function", name: "set", stateMutability: "nonpayable", inputs: [{ type: "uint256" }], outputs: [] },
] as const;

/** A box in which a keeper notes a price; it is ruined by a price below 80, and says how far it is from that. */
export default defineScenario(async ({ viem, siege }) => {
  const target = await viem.deployContract("LeakyBox", [1_000n]);
  const keeper = defineAgent({
    role: "keeper",
    honest: true,
    act: ({ view, submit }) => {
      const price = BigInt(Math.round(view.price("X")));
      submit(call({ address: target.address, abi, functionName: "set", args: [price] }));
    },
  });
  const noted = defineCondition({
    id: "noted",
    observe: (_facts, { target: box }) => read({ address: box.address, abi, functionName: "value" }),
    judge: ({ reading }) => (reading > 0n && reading < FLOOR ? `the price is ${reading.toString()}` : undefined),
    margin: ({ reading }) => (Number(reading) - FLOOR) / 100,
  });
  return {
    target,
    scenario: siege.scenario({
      name: "a price is noted",
      blocks: 10,
      blockTime: 86_400,
      assets: { X: { price: 100, process: gbm({ volatility: 0.8 }) } },
      agents: [keeper],
      conditions: [noted],
    }),
  };
});
