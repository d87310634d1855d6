import type { NamedAccount } from "./accounts.js";
import type { Condition, JudgeContext } from "./condition.js";

import { requireInRange, requireKnown, requireOneOf, requireText } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { percent, usd } from "../quantity/amount.js";
import { format } from "../quantity/format.js";

import { accountsNamed } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { chainDollars, IN_DOLLARS, minus, notOnChain, WORKED_OUT } from "./on-chain.js";

const ID = "agentSolvent";

/** What an agent's worth is compared with. */
const AGAINST = ["peak", "holding"] as const;

/** Options of {@link agentSolvent}. */
export interface AgentSolventOptions {
  /** Whose worth is judged, by name or address: a market maker, a hedger, a liquidity provider. */
  readonly agent: string;
  /** How much of it may be lost, as a fraction, above 0 and below 1. */
  readonly maxDrawdown: number;
  /**
   * Compared with what: the most that the agent was worth in this run (`"peak"`), so that falling prices count; or what its holdings
   * of the start would be worth now (`"holding"`), so that only its strategy counts, such as impermanent loss or a hedging
   * error. Default `"peak"`.
   */
  readonly against?: (typeof AGAINST)[number];
}

/** The most that it was worth so far, US dollars. */
interface Peak {
  readonly usd: number;
}

/**
 * A strategy survives: what an agent owns (native coin, which pays for gas, tokens, and positions in the scenario's protocols) is never
 * worth less than it may be, at fair prices. With it an agent can be what a campaign, a probability of ruin or a map is
 * about; the target is then where it trades. What an agent has for gas counts: give it little (`native: 1`), so that the coin's price does
 * not hide what the strategy does.
 *
 * The drawdown is 1 - worth / reference, as portfolio managers define it (Magdon-Ismail & Atiya 2004).
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNKNOWN_ACCOUNT`
 * @example `agentSolvent({ agent: "market maker", maxDrawdown: 0.2 })`
 */
export function agentSolvent(options: AgentSolventOptions): Condition {
  requireKnown(ID, options, ["agent", "maxDrawdown", "against"]);
  const { agent, maxDrawdown, against = "peak" } = options;
  requireText(ID, "agent", agent);
  requireInRange(ID, "maxDrawdown", maxDrawdown, { min: Number.EPSILON, max: 1 - Number.EPSILON });
  requireOneOf(ID, "against", against, AGAINST);
  const measured = ({ worth, memory }: JudgeContext<undefined, Peak>, address: NamedAccount["address"]) => {
    const now = worth(address, "now");
    const reference =
      against === "holding" ? worth(address, "start") : Math.max(now, memory?.usd ?? worth(address, "start", "start"));
    return { now, reference, drawdown: reference > 0 ? 1 - now / reference : 0 };
  };
  return defineCondition<readonly NamedAccount[], undefined, Peak>({
    // one per agent
    id: `${ID}(${agent})`,
    inspect: async ({ accounts }) => accountsNamed([agent], accounts),
    // what accounts own is read anyway
    observe: () => constant(undefined),
    margin: (context, [account]) =>
      account === undefined ? undefined : 1 - measured(context, account.address).drawdown / maxDrawdown,
    onChain: (context, [account]) => {
      if (account === undefined) return undefined;
      const terms = context.owned(account.address);
      if (terms === undefined) return notOnChain(WORKED_OUT);
      const { reference } = measured(context, account.address);
      return {
        kind: "shortfalls",
        says: `${account.name} keeps ${format(percent(1 - maxDrawdown))} of what it had`,
        shortfalls: [{ of: account.name, terms: minus(terms), plus: chainDollars(reference * (1 - maxDrawdown)) }],
        most: 0n,
        unit: IN_DOLLARS,
      };
    },
    judge: (context, [account]) => {
      if (account === undefined) return undefined;
      const { address, name } = account;
      const { now, reference, drawdown } = measured(context, address);
      if (against === "peak") context.remember({ usd: reference });
      if (drawdown <= maxDrawdown) return undefined;
      const [lost, allowed] = apart(
        quantity("drawdown", percent(drawdown)),
        quantity("allowed drawdown", percent(maxDrawdown)),
      );
      const what = against === "peak" ? "its peak of" : "what it held, now";
      const [worthNow, worthThen] = [
        quantity("worth", usd(now), name),
        quantity(`worth of ${against}`, usd(reference), name),
      ];
      return {
        cause: name,
        summary: `${name} has lost ${lost.text} of ${what} ${worthThen.text}: it is worth ${worthNow.text} (allowed ${allowed.text})`,
        quantities: [lost, allowed, worthNow, worthThen],
      };
    },
  });
}
