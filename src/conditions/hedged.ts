import type { OptionPosition } from "../market/options/option-position.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition, JudgeContext } from "./condition.js";

import { optionMark, requireOptionPosition } from "../market/options/option-position.js";
import { requireInRange, requireKnown, requireText } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { usd } from "../quantity/amount.js";

import { accountsNamed } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";

const ID = "hedged";

/** Options of {@link hedged}. */
export interface HedgedOptions {
  /** Who hedges, by name or address: a `deltaHedger`, or an agent of your own. */
  readonly agent: string;
  /** What it hedges. */
  readonly option: OptionPosition;
  /** What it may lose, US dollars, 0 to 1e15. */
  readonly maxLoss: number;
}

/** What is known of the options, US dollars. */
interface Known {
  /** What they were worth after the first block: what was paid for them. */
  readonly premium: number;
  /** What they paid, once they have expired. */
  readonly paid?: number;
}

/**
 * A hedge holds: what an agent has gained since the start, compared with holding what it had, and what its options have gained since the
 * first block, when they were bought or sold at their value, together are no larger loss than it may be. Without costs and
 * hedged at every moment, they would be 0: this is the hedging error, with fees, price impact and gas. In a ruin report it is
 * the loss.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNKNOWN_ACCOUNT`; in a run, `UNKNOWN_ASSET`
 * @example `hedged({ agent: "delta hedger", option, maxLoss: 500 })`
 */
export function hedged(options: HedgedOptions): Condition {
  requireKnown(ID, options, ["agent", "option", "maxLoss"]);
  const { agent, option, maxLoss } = options;
  requireText(ID, "agent", agent);
  requireOptionPosition(ID, option);
  requireInRange(ID, "maxLoss", maxLoss, { min: 0, max: 1e15 });
  return defineCondition<readonly NamedAccount[], undefined, Known>({
    id: `${ID}(${agent})`,
    inspect: async ({ accounts }) => accountsNamed([agent], accounts),
    // what accounts own is read anyway
    observe: () => constant(undefined),
    margin: (context, [account]) =>
      account === undefined || maxLoss === 0 ? undefined : 1 - lossOf(context, account, option).loss / maxLoss,
    judge: (context, [account]) => {
      if (account === undefined) return undefined;
      const { known, gained, earned, loss } = lossOf(context, account, option);
      context.remember(known);
      if (loss <= maxLoss) return undefined;
      const [lost, allowed] = apart(quantity("loss", usd(loss)), quantity("allowed loss", usd(maxLoss)));
      const [hedge, position] = [quantity("hedge", usd(gained)), quantity("options", usd(earned))];
      return {
        cause: account.name,
        summary: `${account.name} has lost ${lost.text} (allowed ${allowed.text}): its hedge made ${hedge.text}, its options ${position.text}`,
        quantities: [lost, allowed, hedge, position],
      };
    },
  });
}

/** @returns US dollars: what the hedge and the options have made, and what is lost together */
function lossOf(
  { view, startView, worth, memory }: JudgeContext<undefined, Known>,
  { address }: NamedAccount,
  option: OptionPosition,
): { readonly known: Known; readonly gained: number; readonly earned: number; readonly loss: number } {
  const { value, isExpired } = optionMark(option, view, startView);
  const { premium = value } = memory ?? {};
  const paid = memory?.paid ?? (isExpired ? value : undefined);
  const gained = worth(address, "now") - worth(address, "start");
  const earned = (paid ?? value) - premium;
  return { known: { premium, ...(paid === undefined ? {} : { paid }) }, gained, earned, loss: -(gained + earned) };
}
