import type { World } from "../world/world.js";

import { isCalledBackEver } from "../../agents/agent.js";
import { accountOf } from "../../view/accounts.js";
import { RAIDER_CODE } from "../chain/engine-bytecode.js";
import { register } from "../world/hook-registry.js";

/** Those of the named agents whose accounts may make calls in callbacks, in order. */
export function calledBackIn({ scenario: { agents } }: World, names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort().filter((name) => {
    const agent = agents.get(name);
    return agent !== undefined && isCalledBackEver(agent);
  });
}

/**
 * Gives accounts the code that makes calls in callbacks, and enters them in the registry of ERC-1820, if a contract of the scenario asks it, as
 * they could themselves. For a run that starts at the base: going back there takes it from them.
 */
export async function giveCode({ chain, frame, hooks }: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const account = accountOf(frame.accounts, name);
    await chain.setCode(account, RAIDER_CODE);
    await register(chain, account, hooks);
  }
}
