import type { Agent } from "../../agents/agent.js";
import type { Process } from "../../market/processes/process.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Allowance } from "./bankrupt-result.js";

/** The scenario with a part of its attackers' capital and of its price moves. */
export function scaled(scenario: Scenario, { capital, prices }: Allowance): Scenario {
  if (capital === 1 && prices === 1) return scenario;
  return {
    ...scenario,
    agents: new Map(
      [...scenario.agents].map(([name, agent]) => [name, isAttacker(agent) ? withShare(agent, capital) : agent]),
    ),
    assets: new Map(
      [...scenario.assets].map(([name, asset]) => {
        const { process, ...rest } = asset;
        if (process === undefined || prices === 1) return [name, asset];
        return [name, prices === 0 ? rest : { ...asset, process: calmer(process, prices) }];
      }),
    ),
    ...(prices === 0 ? { correlation: undefined } : {}),
  };
}

/** Whose capital counts: whoever the search moves and who does not merely use the protocol. */
export function isAttacker({ moves }: Agent): boolean {
  return moves?.kind === "any" && moves.actsFor !== "itself";
}

function withShare(agent: Agent, share: number): Agent {
  const { capital = {} } = agent;
  return { ...agent, capital: Object.fromEntries(Object.entries(capital).map(([asset, all]) => [asset, all * share])) };
}

/** The same paths, in each block of which a price moves a part of the way. */
function calmer(process: Process, share: number): Process {
  const { pace } = process;
  return {
    ...process,
    ...(pace === undefined ? {} : { pace: Math.ceil(pace * share) }),
    sample: (context) => process.sample(context).map((change) => Math.round(change * share)),
  };
}
