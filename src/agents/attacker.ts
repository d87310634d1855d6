import type { Address } from "viem";

import type { Agent } from "./agent.js";

import { requireKnown, requireOneOf } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link attacker}. */
export interface AttackerOptions {
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
  /**
   * Whom it names as receiver, recipient, owner, or as whom it acts on behalf of: `anyone` in the scenario, or `itself`: it gives
   * nothing away either. Default `anyone`. An ordinary user is `user`.
   */
  readonly actsFor?: "itself" | "anyone";
  /** Whether it makes moves while a contract calls it back, see {@link Agent.callbacks}. Default true. */
  readonly callbacks?: boolean;
}

/**
 * An adversary: every action of every protocol and every state-changing function of the target, in any order, before or after
 * the other agents' transactions. It has no policy and does not optimise for profit: in each run, the search chooses the moves,
 * the blocks and the shares of its balances. With `only`, it makes no other moves.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `attacker({ capital: { USDC: 1_500_000 } })`
 */
export function attacker(options: AttackerOptions = {}): Agent {
  requireKnown("attacker", options, ["name", "at", "capital", "native", "only", "except", "actsFor", "callbacks"]);
  const { only, except, actsFor, ...rest } = options;
  if (actsFor !== undefined) requireOneOf("attacker", "actsFor", actsFor, ["itself", "anyone"]);
  return defineAgent({
    role: "attacker",
    ...rest,
    moves: {
      kind: "any",
      ...(only === undefined ? {} : { only }),
      ...(except === undefined ? {} : { except }),
      ...(actsFor === undefined ? {} : { actsFor }),
    },
  });
}
