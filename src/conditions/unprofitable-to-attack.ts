import type { Address } from "viem";

import type { Favour } from "../view/favour.js";
import type { View } from "../view/view.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition, JudgeContext } from "./condition.js";

import { oneOf, SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { isSameAddress } from "../quantity/address.js";
import { usd, wholeUnits } from "../quantity/amount.js";

import { accountsNamed, accountsOf, requireAccountList } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { chainDollars, IN_DOLLARS, notOnChain, WORKED_OUT } from "./on-chain.js";

const ID = "unprofitableToAttack";

/** The name prefix of agents that `attacker()` makes without a name. */
const ATTACKER = "attacker";

const DEFAULT_THRESHOLD = 1;

/** What honest capital earns at most, a share of it a year: a doubling. */
const DEFAULT_INTEREST = 1;

const YEAR = 31_536_000;

/** Options of {@link unprofitableToAttack}. */
export interface UnprofitableToAttackOptions {
  /** Whose profit counts, by name or address. Default: every account whose name starts with `attacker`. */
  readonly agents?: readonly string[];
  /** Profit to ignore, US dollars. Default 1. */
  readonly threshold?: number;
  /**
   * What capital may earn while time passes in pauses (interest, rewards, premiums), in shares of the attackers' starting
   * holdings a year; 0 to 1,000. Default 1: a pause of 30 days allows 8.2 % of them.
   */
  readonly interest?: number;
}

/** What the attackers have gained since the start, US dollars. */
interface Balance {
  readonly profits: readonly { readonly name: string; readonly profit: number }[];
  /** Gifts among it. */
  readonly given: number;
  /** All of it, without gifts. */
  readonly total: number;
  /** How much of it is allowed. */
  readonly most: number;
}

/** What others gave the attackers so far. */
interface Gifts {
  readonly usd: number;
}

/**
 * Attackers make no profit: their holdings are worth no more than their starting holdings would be worth now, so that
 * market moves count as no account's profit. Attackers count together: one's loss to another is no loss.
 *
 * Nor does a gift: what another account's call gives one of them (`transfer`, a deposit with them as `receiver`), and what
 * others send to the target or to a protocol's contract without calling it, since whoever has a part in it gains. Where a call
 * names an attacker but no amount, it is what the attackers gained in the block up to what that account lost. A liquidation
 * or an arbitrage that another's trade makes possible names nobody, and counts.
 *
 * Nor does interest: the pauses of a scenario bring days in which any deposit earns, and up to `interest` is allowed for them.
 *
 * Holdings are native coin (gas is paid from it), the tokens of the scenario's assets, and positions in its
 * protocols. Arbitraging a mispriced pool is profit, too: let an arbitrageur settle it first, or set a threshold.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNKNOWN_ACCOUNT`, also if there is no attacker
 * @example `unprofitableToAttack({ agents: ["eve"], threshold: 100 })`
 */
export function unprofitableToAttack(options: UnprofitableToAttackOptions = {}): Condition {
  requireKnown(ID, options, ["agents", "threshold", "interest"]);
  const { agents, threshold = DEFAULT_THRESHOLD, interest = DEFAULT_INTEREST } = options;
  requireInRange(ID, "threshold", threshold, { min: 0, max: 1e15 });
  requireInRange(ID, "interest", interest, { min: 0, max: 1000 });
  requireAccountList(ID, "agents", agents);
  const balanceOf = (context: JudgeContext<undefined, Gifts>, attackers: readonly NamedAccount[]): Balance => {
    const { worth, memory, paused } = context;
    const profits = attackers.map(({ name, address }) => ({
      name,
      profit: worth(address, "now") - worth(address, "start"),
    }));
    const had = attackers.reduce((sum, { address }) => sum + worth(address, "start"), 0);
    const given = (memory?.usd ?? 0) + giftOf(context, attackers);
    const total = profits.reduce((sum, { profit }) => sum + profit, 0) - given;
    return { profits, given, total, most: threshold + (interest * had * paused.inAll) / YEAR };
  };
  return defineCondition<readonly NamedAccount[], undefined, Gifts>({
    id: ID,
    favours: true,
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
    onChain: (context, attackers) => {
      const { given, most } = balanceOf(context, attackers);
      const terms = attackers.map(({ address }) => context.owned(address));
      if (terms.includes(undefined)) return notOnChain(WORKED_OUT);
      const had = attackers.reduce((sum, { address }) => sum + context.worth(address, "start"), 0);
      const who = attackers.map(({ name }) => name).join(", ");
      return {
        kind: "shortfalls",
        says: "attackers have no more than their starting holdings would be worth now",
        shortfalls: [{ of: who, terms: terms.flatMap((own) => own ?? []), plus: -chainDollars(had + given) }],
        most: chainDollars(most),
        unit: IN_DOLLARS,
      };
    },
    // the share of the allowed profit that is left
    margin: (context, attackers) => {
      // `memory` is from before this block, whose gifts are told again
      const { total, most } = balanceOf(context, attackers);
      return most > 0 ? 1 - total / most : undefined;
    },
    judge: (context, attackers) => {
      const { profits, given, total, most } = balanceOf(context, attackers);
      if (given > 0) context.remember({ usd: given });
      if (total <= most) return undefined;
      const who = profits.map(({ name }) => name).join(", ");
      const [gained, allowed] = apart(quantity("profit", usd(total)), quantity("allowed profit", usd(most)));
      const gifts = given > 0 ? [quantity("gifts", usd(given))] : [];
      const without = gifts.map(({ text }) => ` without gifts of ${text}`).join("");
      const evidence = {
        summary: `${who} gained ${gained.text} at present prices${without} (allowed ${allowed.text})`,
        quantities: [
          gained,
          allowed,
          ...gifts,
          ...profits.map(({ name, profit }) => quantity("profit", usd(profit), name)),
        ],
      };
      const winners = profits.filter(({ profit }) => profit > threshold).sort((a, b) => b.profit - a.profit);
      return winners.length === 0 ? evidence : winners.map(({ name }) => ({ cause: name, ...evidence }));
    },
  });
}

/**
 * What others gave the attackers in the last block, US dollars: the amounts that their calls state; and where they state none,
 * what attackers gained besides, up to what the givers lost besides.
 */
function giftOf(
  { favours, target, view, worth }: Pick<JudgeContext<undefined>, "favours" | "target" | "view" | "worth">,
  attackers: readonly NamedAccount[],
): number {
  const isAttacker = (account: Address): boolean => attackers.some(({ address }) => isSameAddress(address, account));
  const isContract = (account: Address): boolean =>
    isSameAddress(account, target.address) ||
    [...view.accounts.values()].every((other) => !isSameAddress(other, account));
  const gifts = favours
    .filter(({ from, to }) => !isAttacker(from) && (isAttacker(to) || isContract(to)))
    .map((favour) => ({ ...favour, usd: valueOf(favour, view) }));
  // most blocks have none
  if (gifts.length === 0) return 0;
  const stated = (of: (favour: Favour) => boolean): number =>
    gifts.filter(of).reduce((sum, { usd: value = 0 }) => sum + value, 0);
  const gained = (account: Address): number => worth(account, "now") - worth(account, "before");
  const givers = new Set(gifts.filter(({ usd: value }) => value === undefined).map(({ from }) => from));
  const lost = [...givers].reduce(
    (sum, account) => sum + Math.max(0, -gained(account) - stated(({ from }) => isSameAddress(from, account))),
    0,
  );
  const rest = attackers.reduce((sum, { address }) => sum + gained(address), 0) - stated(({ to }) => isAttacker(to));
  return stated(() => true) + Math.max(0, Math.min(lost, rest));
}

/** US dollars at the present fair price; `undefined` if the call does not say, or gives what has no price. */
function valueOf({ gift }: Favour, view: View): number | undefined {
  if (gift === undefined) return undefined;
  for (const { address, asset, decimals } of view.tokens.values()) {
    if (asset !== undefined && isSameAddress(address, gift.token)) {
      return wholeUnits(gift.amount, decimals) * view.price(asset);
    }
  }
  return undefined;
}
