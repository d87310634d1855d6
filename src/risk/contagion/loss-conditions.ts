import type { Condition } from "../../conditions/condition.js";

import { defineCondition } from "../../conditions/condition.js";
import { quantity } from "../../conditions/evidence.js";
import { constant } from "../../protocols/read-plan.js";
import { usd } from "../../quantity/amount.js";

/**
 * A condition for each protocol: it has not failed. What it measures is the loss, the shortfall beyond that at the start.
 *
 * @param tolerance - US dollars
 */
export function lossConditions(protocols: readonly string[], tolerance: number): readonly Condition[] {
  return protocols.map((protocol) =>
    defineCondition<undefined, undefined>({
      id: lossOf(protocol),
      observe: () => constant(undefined),
      judge: ({ view, startView }) => {
        const short = (view.shortfalls.get(protocol) ?? 0) - (startView.shortfalls.get(protocol) ?? 0);
        if (short <= tolerance) return undefined;
        const shortfall = quantity("shortfall", usd(short), protocol);
        return {
          cause: protocol,
          summary: `${protocol} is short of ${shortfall.text} to pay everyone`,
          quantities: [shortfall],
        };
      },
    }),
  );
}

/** The name of a protocol's condition. */
export function lossOf(protocol: string): string {
  return `loss of ${protocol}`;
}
