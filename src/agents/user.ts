import type { Address } from "viem";

import type { Agent } from "./agent.js";

import { requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link user}. */
export interface UserOptions {
  readonly name?: string;
  /** An existing account that it is, see {@link Agent.at}. Default: an account of its own. */
  readonly at?: Address;
  /** Whole tokens by asset, 0 to 1e15 each. Default: none. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Native coin, whole units, 0 to 1e12. Default 100. */
  readonly native?: number;
  /** Only these actions: `target.*`, `pool.swap`. Default: every action. */
  readonly only?: readonly string[];
  /** All but these actions, named in the same way. */
  readonly except?: readonly string[];
}

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
