import type { World } from "../../world/world.js";

/**
 * Whether a world's runs have to be one transaction per call: recorded transactions are transactions, not calls, and a contract that
 * acts keeps its code, so it cannot be a puppet.
 */
export function onlyAsTransactions({ scenario, events, contractAgents }: World): boolean {
  return scenario.orderFlow.length > 0 || contractAgents.length > 0 || events.some(({ isContract }) => isContract);
}
