import type { Address } from "viem";

import type { ScenarioFactory } from "../../../../src/scenario/define-scenario.js";

import { defineCondition } from "../../../../src/conditions/condition.js";
import { read } from "../../../../src/protocols/read-plan.js";
import { defineScenario } from "../../../../src/scenario/define-scenario.js";

const CAP = 1_000n;

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
] as const;

/**
 * A box among agents who may call everything it offers; it survives if its value stays under the cap.
 *
 * @param isTaboo - which values it must not have; default: those above the cap
 * @param at - where it was deployed; default: it is deployed
 */
export function boxScenario(
  contract: "CappedBox" | "LeakyBox" | "LockedBox",
  isTaboo: (value: bigint) => boolean = (value) => value > CAP,
  at?: Address,
): ScenarioFactory {
  return defineScenario(async ({ viem, siege }) => ({
    target: await (at === undefined ? viem.deployContract(contract, [CAP]) : viem.getContractAt(contract, at)),
    scenario: siege.scenario({
      name: "anybody sets the box",
      blocks: 3,
      assets: {},
      agents: [{ role: "attacker", moves: { kind: "any" } }],
      conditions: [
        defineCondition({
          id: "underCap",
          observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "value" }),
          judge: ({ reading }) =>
            isTaboo(reading)
              ? { summary: `value ${reading.toString()} above the cap of ${CAP.toString()}`, quantities: [] }
              : undefined,
        }),
      ],
    }),
  }));
}
