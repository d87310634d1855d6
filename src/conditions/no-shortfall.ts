import type { View } from "../view/view.js";
import type { Condition } from "./condition.js";
import type { ChainShortfalls } from "./on-chain.js";

import { isAddress } from "viem";

import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { usd } from "../quantity/amount.js";

import { nameOf } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { quantity } from "./evidence.js";
import { chainDollars, IN_DOLLARS, notOnChain } from "./on-chain.js";
import { nothingToJudge } from "./unjudged.js";

const ID = "noShortfall";

const DEFAULT_TOLERANCE = 1;

/** Options of {@link noShortfall}. */
export interface NoShortfallOptions {
  /** Names of the protocols. Default: all of the scenario's that report a shortfall. */
  readonly protocols?: readonly string[];
  /** How far a shortfall may grow beyond that at the start, US dollars, 0 to 1e15. Default 1. */
  readonly tolerance?: number;
}

/**
 * No protocol of the scenario becomes short of what it owes: bad debt of lending and margin markets among the accounts that
 * the scenario observes, at fair prices. A shortfall that existed at the start does not count.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `noShortfall({ protocols: ["aave"] })`
 */
export function noShortfall(options: NoShortfallOptions = {}): Condition {
  requireKnown(ID, options, ["protocols", "tolerance"]);
  const { protocols, tolerance = DEFAULT_TOLERANCE } = options;
  requireInRange(ID, "tolerance", tolerance, { min: 0, max: 1e15 });
  return defineCondition<undefined, undefined>({
    id: ID,
    observe: () => constant(undefined),
    onChain: ({ view, startView, missing }) => {
      const sums: ChainShortfalls[] = [];
      for (const [name] of judgedIn(view, protocols)) {
        const parts = missing(name);
        if (parts === undefined)
          return notOnChain(`the shortfall of ${name} is worked out by its adapter, not told by a view`);
        sums.push({
          kind: "shortfalls",
          says: `${name} is short of nothing`,
          shortfalls: parts.map(({ of, terms }) => ({ of: nameOfAccount(of, view), terms, plus: 0n })),
          most: chainDollars(tolerance + (startView.shortfalls.get(name) ?? 0)),
          unit: IN_DOLLARS,
        });
      }
      return { kind: "each", says: "no protocol is short of what it owes, at fair prices", of: sums };
    },
    judge: ({ view, startView }) => {
      const judged = judgedIn(view, protocols);
      if (judged.length === 0) return nothingToJudge("no protocol of the scenario reports a shortfall");
      return judged.flatMap(([name, now]) => {
        const short = now - (startView.shortfalls.get(name) ?? 0);
        if (short <= tolerance) return [];
        const shortfall = quantity("shortfall", usd(short), name);
        const summary = `${name} is short of ${shortfall.text} to pay everyone`;
        return [{ cause: name, summary, quantities: [shortfall] }];
      });
    },
  });
}

function judgedIn(view: View, protocols: readonly string[] | undefined): readonly (readonly [string, number])[] {
  return [...view.shortfalls].filter(([name]) => protocols?.includes(name) ?? true);
}

function nameOfAccount(of: string, { accounts }: View): string {
  return isAddress(of) ? nameOf(of, accounts) : of;
}
