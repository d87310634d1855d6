import type { Address } from "viem";

import { SiegeError } from "../errors.js";
import { nonEmptyString, shown } from "../options.js";
import { agentAddress } from "../view/accounts.js";

/** The contract under siege, which no agent can be called. */
const TARGET = "target";

/**
 * The address of an agent, known before there is a scenario: for an allow list, a role, or a token that a fixture gives it. An
 * agent without a name is called by its role, and the second one of a role `attacker 2`. The address depends on the name alone.
 * An agent that is an existing account (`at`) has that account's address instead.
 *
 * @param name - the agent's name in the scenario
 * @throws SiegeError `INVALID_OPTION` if no agent can have that name
 * @example `await vault.write.allow([addressOf("attacker")])`
 */
export function addressOf(name: string): Address {
  const given: unknown = name;
  if (!nonEmptyString.safeParse(given).success || given === TARGET) {
    throw new SiegeError("INVALID_OPTION", {
      message: `addressOf: "name" is ${shown(given)}, which is no agent's name.`,
      hint: 'Pass the name that the agent has in the scenario: its own, or its role, "attacker", "attacker 2".',
    });
  }
  return agentAddress(name);
}
