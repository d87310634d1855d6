import type { Agent } from "./agent.js";
import type { AttackerOptions } from "./attacker.js";

import { requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link user}: those of an attacker that acts for itself. */
export type UserOptions = Omit<AttackerOptions, "actsFor" | "callbacks">;

/**
 * An ordinary user of any target, whatever its functions are called: every action of every protocol and every state-changing
 * function of the target, in amounts and at times that the search chooses. It names nobody but itself, gives nothing away, and
 * makes no moves while a contract calls it back. It is no attacker: `unprofitableToAttack` does not count what it gains.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `user({ capital: { USDC: 10_000 } })`
 */
export function user(options: UserOptions = {}): Agent {
  requireKnown("user", options, ["name", "at", "capital", "native", "only", "except"]);
  const { only, except, ...rest } = options;
  return defineAgent({
    role: "user",
    ...rest,
    moves: {
      kind: "any",
      ...(only === undefined ? {} : { only }),
      ...(except === undefined ? {} : { except }),
      actsFor: "itself",
    },
    callbacks: false,
  });
}
