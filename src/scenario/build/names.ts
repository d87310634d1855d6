import type { Agent } from "../../agents/agent.js";

import { check, invalid } from "./check.js";

/** The target's name among the accounts and actions of every scenario. */
const RESERVED = "target";

/** Checks the name of an entry. */
export function requireName(path: string, name: string): void {
  check(name.trim() !== "", { message: `${path} has an entry with an empty name.`, hint: "Name it." });
}

/** Checks that a name is not the target's. */
export function requireUnreserved(path: string, name: string): void {
  check(name !== RESERVED, {
    message: `${path} uses the name "${RESERVED}", which is reserved for the contract under siege.`,
    hint: "Give it another name.",
  });
}

/**
 * Names the agents: an agent without a name is named after its role, with a number if that name is taken by another agent.
 *
 * Agents, accounts, protocols and further targets share one namespace: reports and action names use them side by side.
 *
 * @returns the agents by name, in their order
 */
export function nameAgents(
  agents: readonly Agent[],
  {
    accounts,
    protocols,
    targets,
  }: {
    readonly accounts: Iterable<string>;
    readonly protocols: Iterable<string>;
    readonly targets: Iterable<string>;
  },
): ReadonlyMap<string, Agent> {
  const taken = new Map<string, string>();
  for (const name of accounts) taken.set(name, `accounts.${name}`);
  for (const name of protocols) {
    requireFree(`protocols.${name}`, name, taken);
    taken.set(name, `protocols.${name}`);
  }
  for (const name of targets) {
    requireFree(`targets.${name}`, name, taken);
    taken.set(name, `targets.${name}`);
  }
  // chosen names come first, so that a generated name never takes one of them
  for (const [index, { name }] of agents.entries()) {
    if (name === undefined) continue;
    requireFree(`agents[${index}].name`, name, taken);
    taken.set(name, `agents[${index}].name`);
  }
  const isAgent = (name: string): boolean => taken.get(name)?.startsWith("agents[") === true;
  const named = new Map<string, Agent>();
  for (const [index, agent] of agents.entries()) {
    let { name } = agent;
    if (name === undefined) {
      name = agent.role;
      for (let number = 2; isAgent(name); number++) name = `${agent.role} ${number}`;
      requireFree(`agents[${index}], named after its role,`, name, taken);
      taken.set(name, `agents[${index}]`);
    }
    named.set(name, agent);
  }
  return named;
}

function requireFree(path: string, name: string, taken: ReadonlyMap<string, string>): void {
  requireUnreserved(path, name);
  const other = taken.get(name);
  if (other === undefined) return;
  throw invalid({
    message: `${path} uses the name "${name}", which ${other} already has.`,
    hint: `Names of agents, accounts, protocols and targets must be unique; taken are ${[...taken.keys()].join(", ")}.`,
  });
}
