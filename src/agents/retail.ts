import type { Address } from "viem";

import type { Agent } from "./agent.js";

import { requireKnown, requireOneOf } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link retail}. */
export interface RetailOptions {
  readonly name?: string;
  /** An existing account that it is, see {@link Agent.at}. Default: an account of its own. */
  readonly at?: Address;
  /** Whole tokens by asset, 0 to 1e15 each. Default: none. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Native coin, whole units, 0 to 1e12. Default 100. */
  readonly native?: number;
  /** The share of a protocol that it owns, 0 to 1, by the protocol's name: see {@link Agent.owns}. */
  readonly owns?: Readonly<Record<string, number>>;
  /** Only these actions: `vault.deposit`, `pool.*`. Default: everything that ordinary users do. */
  readonly only?: readonly string[];
  /** All but these actions, named in the same way. */
  readonly except?: readonly string[];
  /**
   * Whom it names as receiver, recipient, owner, or as whom it acts on behalf of: `itself`, or `anyone` in the scenario, the
   * attacker included. Default `itself`.
   */
  readonly actsFor?: "itself" | "anyone";
}

/**
 * An ordinary user: deposits, withdraws, swaps, borrows and repays, in amounts and at times that the search chooses. On the
 * target it calls `deposit`, `mint`, `withdraw`, `redeem`, `supply`, `borrow` and `repay`. It never does what only an attacker
 * would (donations, liquidations, flash loans), and acts for itself alone, but anything it does may come at a bad time.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `retail({ capital: { USDC: 50_000 } })`
 */
export function retail(options: RetailOptions = {}): Agent {
  requireKnown("retail", options, ["name", "at", "capital", "native", "owns", "only", "except", "actsFor"]);
  const { only, except, actsFor, ...rest } = options;
  if (actsFor !== undefined) requireOneOf("retail", "actsFor", actsFor, ["itself", "anyone"]);
  return defineAgent({
    role: "retail",
    ...rest,
    moves: {
      kind: "ordinary",
      ...(only === undefined ? {} : { only }),
      ...(except === undefined ? {} : { except }),
      ...(actsFor === undefined ? {} : { actsFor }),
    },
  });
}
