import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { CampaignResult, Scenario, Siege } from "../../src/types.js";

import path from "node:path";

import { defineCondition } from "../../src/conditions/index.js";
import { read } from "../../src/protocols/index.js";

import { SHELL_PROJECT, shellEnvironment } from "./shell-project.js";

const CAP = 1_000n;

const abi = [
  { type: "function", name: "value", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
] as const;

/** How a campaign against the box differs from the usual one. */
export interface BoxCampaign {
  readonly contract?: "CappedBox" | "LeakyBox";
  /** Names, which may be odd. */
  readonly target?: string;
  readonly scenario?: string;
  readonly agent?: string;
  readonly condition?: string;
  readonly seed?: number;
}

/** By their folders for reproductions: as in a project, networks are fresh, and the environment is not. */
const environments = new Map<string, Promise<HardhatRuntimeEnvironment>>();

/** A campaign on a fresh network against a box that anybody may set, with the reproductions in a folder. */
export async function besiegeBox(reproductions: string, campaign: BoxCampaign = {}): Promise<CampaignResult> {
  const hre = environments.get(reproductions) ?? shellEnvironment({ siege: { runs: 20, reproductions } });
  environments.set(reproductions, hre);
  const connection = await (await hre).network.create();
  try {
    const { siege, viem } = connection;
    const { address, abi: ofBox } = await viem.deployContract(campaign.contract ?? "LeakyBox", [CAP]);
    const target = { address, abi: ofBox, name: campaign.target ?? "LeakyBox" };
    return await siege.run(target, scenarioOf(siege, campaign), { seed: campaign.seed ?? 1 });
  } finally {
    await connection.close();
  }
}

function scenarioOf(siege: Siege, { scenario, agent, condition }: BoxCampaign): Scenario {
  return siege.scenario({
    name: scenario ?? "anybody sets the box",
    blocks: 3,
    assets: {},
    agents: [{ role: "attacker", moves: { kind: "any" }, ...(agent === undefined ? {} : { name: agent }) }],
    conditions: [
      defineCondition({
        id: condition ?? "underCap",
        observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "value" }),
        judge: ({ reading }) =>
          reading > CAP
            ? { summary: "above the cap", quantities: [{ label: "value", value: reading, unit: "count" }] }
            : undefined,
      }),
    ],
  });
}

/** A path in a result, from the root. */
export function inProject(file: string): string {
  return path.resolve(SHELL_PROJECT, file);
}
