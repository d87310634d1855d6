import type { ActContext, Agent } from "../../agents/agent.js";

import { SiegeError } from "../../errors.js";

/**
 * An agent's memory in a block: what it remembers, and the function that replaces it.
 *
 * @param memories - of the state after the block, by agent's name; new memories are written into it
 */
export function memoryOf(
  name: string,
  agent: Agent,
  memories: Map<string, unknown>,
): Pick<ActContext, "memory" | "remember"> {
  return {
    memory: memories.has(name) ? memories.get(name) : frozen(name, agent.memory),
    remember: (memory) => void memories.set(name, frozen(name, memory)),
  };
}

/** Freezes plain data. The states of a run share it, so it must not change afterwards. */
function frozen(agent: string, value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw unkept(agent, `a ${typeof value}`);
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    throw unkept(agent, `a ${value.constructor.name}`);
  }
  for (const part of Object.values(value)) frozen(agent, part);
  return Object.freeze(value);
}

function unkept(agent: string, what: string): SiegeError {
  return new SiegeError("AGENT_FAILED", {
    message: `The agent "${agent}" remembers ${what}.`,
    hint: "Remember plain data: strings, numbers, bigints, and arrays and objects of them.",
  });
}
