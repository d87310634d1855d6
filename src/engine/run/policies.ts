import type { Agent } from "../../agents/agent.js";
import type { World } from "../world/world.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { accountOf } from "../../view/accounts.js";

import { collectIntents } from "./intent.js";
import { memoryOf } from "./memory.js";

/** An agent with its name and its place in the scenario. */
interface Participant {
  readonly name: string;
  readonly agent: Agent;
  readonly index: number;
}

/** The scenario's agents that take part: honest ones first, otherwise in the scenario's order. */
export function participants(
  { scenario }: Pick<World, "scenario">,
  takesPart: (name: string, agent: Agent) => boolean,
): readonly Participant[] {
  const taking = [...scenario.agents].flatMap(([name, agent], index) =>
    takesPart(name, agent) ? [{ name, agent, index }] : [],
  );
  const rank = ({ agent: { honest } }: Participant): number => (honest === true ? 0 : 1);
  return taking.sort((one, other) => rank(one) - rank(other));
}

/** The intents of the policies at this moment. */
export function policyIntents(
  world: World,
  seed: number,
  among: readonly Participant[],
  { view, start, memories, again }: Moment,
): readonly AgentIntent[] {
  return among.flatMap(({ name, agent, index }): AgentIntent[] => {
    if (agent.act === undefined) return [];
    const from = accountOf(world.frame.accounts, name);
    // each agent has its own: muting one does not change what another draws
    const random = createRandom(mixSeeds(seed, index, again ? -view.block : view.block));
    const context = { view, start, random, self: { name, address: from }, ...memoryOf(name, agent, memories) };
    return collectIntents(name, agent.act, context).map((intent, nth) => ({
      agent: name,
      from,
      intent,
      origin: "policy",
      nth,
    }));
  });
}
