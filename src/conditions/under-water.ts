import type { JudgeContext } from "./condition.js";
import type { GivenEvidence, Quantity } from "./evidence.js";
import type { Moment, Wait } from "./wait.js";

import { usd } from "../quantity/amount.js";

import { apart, quantity, statement } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { isNoWait, isOver, waitText } from "./wait.js";

/** A position that may be liquidated, and what became of trying. US dollars at fair prices. */
export interface UnderWater {
  /** Whose it is. */
  readonly name: string;
  readonly debt: number;
  readonly collateral: number;
  /** The most that a liquidator gains, negative if every way costs money; `undefined`: there is no way */
  readonly profit: number | undefined;
  /** Why there is no way: `liquidate reverts (Paused())` */
  readonly why: string;
}

/** Since when positions could not be liquidated, by name. */
export type Unliquidated = Readonly<Record<string, Moment>>;

/** Whether nobody gains by liquidating a position. */
export function isStuck({ profit }: Pick<UnderWater, "profit">): boolean {
  return profit === undefined || profit <= 0;
}

/** A failure for each position that has been under water for too long without anybody gaining by its liquidation, the worst first. */
export function unliquidated(
  positions: readonly UnderWater[],
  within: Wait,
  {
    view,
    paused,
    memory = {},
    remember,
  }: Pick<JudgeContext<unknown, Unliquidated>, "view" | "paused" | "memory" | "remember">,
): readonly GivenEvidence[] {
  const stuck = positions.filter(isStuck).sort((one, other) => other.debt - one.debt);
  const since: Unliquidated = Object.fromEntries(
    stuck.map(({ name }) => {
      // in a pause nobody could try
      const { block, timestamp } = paused.before > 0 ? view : (memory[name] ?? view);
      return [name, { block, timestamp }];
    }),
  );
  if (!isNoWait(within)) remember(since);
  const late = stuck.filter(({ name }) => isOver(within, since[name] ?? view, view));
  return eachFirst(late).map(([first, ...others]) => {
    const block = since[first.name]?.block ?? view.block;
    const waited = isNoWait(within) ? "" : `, in every block since block ${block} (${waitText(within)} allowed)`;
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    return evidence(first, `${waited}${more}`);
  });
}

function evidence({ name, debt, collateral, profit, why }: UnderWater, end: string): GivenEvidence {
  const [owes, has] = apart(quantity("debt", usd(debt), name), quantity("collateral", usd(collateral), name));
  const position = `${name} owes ${owes.text} against ${has.text}`;
  if (profit === undefined) {
    const tried: Quantity = statement("liquidation", why, name);
    return {
      cause: name,
      summary: `${position}, and cannot be liquidated: ${why}${end}`,
      quantities: [owes, has, tried],
    };
  }
  const gain = quantity("profit", usd(profit), name);
  const cost = quantity("cost", usd(-profit), name);
  const result = profit === 0 ? "brings a liquidator nothing" : `costs a liquidator ${cost.text}`;
  return { cause: name, summary: `${position}, but its liquidation ${result}${end}`, quantities: [owes, has, gain] };
}
