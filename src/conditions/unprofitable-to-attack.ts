import type { NamedAccount } from "./accounts.js";
import type { Condition } from "./condition.js";

import { oneOf, SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { usd } from "../quantity/amount.js";

import { accountsNamed, accountsOf, requireAccountList } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { quantity } from "./evidence.js";

const ID = "unprofitableToAttack";

/** The name prefix of agents that `attacker()` makes without a name. */
const ATTACKER = "attacker";

const DEFAULT_THRESHOLD = 1;

/** Options of {@link unprofitableToAttack}. */
export interface UnprofitableToAttackOptions {
  /** Whose profit counts, by name or address. Default: every account whose name starts with `attacker`. */
  readonly agents?: readonly string[];
  /** Profit to ignore, US dollars. Default 1. */
  readonly threshold?: number;
}

/**
 * Attackers make no profit: their holdings are worth no more than their starting holdings would be worth now, so that
 * market moves count as no account's profit. Attackers count together: one's loss to another is no loss.
 *
 * Holdings are native coin (gas is paid from it), the tokens of the scenario's assets, and positions in its
 * protocols. Arbitraging a mispriced pool is profit, too: let an arbitrageur settle it first, or set a threshold.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNKNOWN_ACCOUNT`, also if there is no attacker
 * @example `unprofitableToAttack({ agents: ["eve"], threshold: 100 })`
 */
export function unprofitableToAttack(options: UnprofitableToAttackOptions = {}): Condition {
  requireKnown(ID, options, ["agents", "threshold"]);
  const { agents, threshold = DEFAULT_THRESHOLD } = options;
  requireInRange(ID, "threshold", threshold, { min: 0, max: 1e15 });
  requireAccountList(ID, "agents", agents);
  return defineCondition<readonly NamedAccount[], undefined>({
    id: ID,
    inspect: async ({ accounts }) => {
      if (agents !== undefined) return accountsNamed(agents, accounts);
      const attackers = accountsOf(accounts).filter(({ name }) => name.startsWith(ATTACKER));
      if (attackers.length > 0) return attackers;
      throw new SiegeError("UNKNOWN_ACCOUNT", {
        message: `${ID} found no account whose name starts with "${ATTACKER}".`,
        hint: `Name the agents whose profit counts: ${ID}({ agents: [name] }). ${oneOf(accounts.keys(), "")}`,
      });
    },
    // what accounts own is read anyway
    observe: () => constant(undefined),
    judge: ({ worth }, attackers) => {
      const profits = attackers.map(({ name, address }) => ({
        name,
        profit: worth(address, "now") - worth(address, "start"),
      }));
      const total = profits.reduce((sum, { profit }) => sum + profit, 0);
      if (total <= threshold) return undefined;
      const who = profits.map(({ name }) => name).join(", ");
      const gained = quantity("profit", usd(total));
      const allowed = quantity("allowed profit", usd(threshold));
      const evidence = {
        summary: `${who} gained ${gained.text} at present prices (allowed ${allowed.text})`,
        quantities: [gained, allowed, ...profits.map(({ name, profit }) => quantity("profit", usd(profit), name))],
      };
      const winners = profits.filter(({ profit }) => profit > threshold).sort((a, b) => b.profit - a.profit);
      return winners.length === 0 ? evidence : winners.map(({ name }) => ({ cause: name, ...evidence }));
    },
  });
}
