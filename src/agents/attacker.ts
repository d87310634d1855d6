import type { Agent } from "./agent.js";

import { requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link attacker}. */
export interface AttackerOptions {
  readonly name?: string;
  /** Whole tokens by asset, 0 to 1e15 each. Default: none. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Only these actions: `target.*`, `pool.swap`. Default: everything there is. */
  readonly only?: readonly string[];
  /** Not these actions, named in the same way. */
  readonly except?: readonly string[];
}

/**
 * Somebody who looks for a flaw: every action of every protocol, and every state-changing function of the target, in
 * any order, before or after everybody else's transactions. It has no policy, and no view of profit: which moves, in which blocks,
 * and of what shares of its balances is the search's choice, in each run another one. What it does not find among `only`, it
 * does not do.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `attacker({ capital: { USDC: 1_500_000 } })`
 */
export function attacker(options: AttackerOptions = {}): Agent {
  requireKnown("attacker", options, ["name", "capital", "only", "except"]);
  const { only, except, ...rest } = options;
  return defineAgent({
    role: "attacker",
    ...rest,
    moves: { kind: "any", ...(only === undefined ? {} : { only }), ...(except === undefined ? {} : { except }) },
  });
}
