import type { Scenario } from "../../scenario/scenario.js";
import type { Chain } from "../chain/chain.js";

import { SiegeError } from "../../errors.js";

/**
 * The agents that are existing accounts with code, by name.
 *
 * @throws SiegeError `INVALID_SCENARIO` if one of them takes flash loans, for which its code would have to be replaced
 */
export async function agentsWithCode(chain: Chain, { agents }: Scenario): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, { at, flashLoans }] of agents) {
    if (at === undefined || (await chain.code(at)) === "0x") continue;
    if (flashLoans === true) {
      throw new SiegeError("INVALID_SCENARIO", {
        message: `The agent "${name}" takes flash loans with code of its own, but ${at} is a contract already.`,
        hint: 'Leave out its flash loans (attacker, or funds: "own"), or give them to an agent without `at`.',
      });
    }
    names.push(name);
  }
  return names;
}
