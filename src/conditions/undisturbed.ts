import type { Condition } from "./condition.js";

import { requireInRange, requireKnown } from "../options.js";
import { constant } from "../protocols/read-plan.js";
import { count } from "../quantity/amount.js";

import { defineCondition } from "./condition.js";
import { quantity, statement } from "./evidence.js";
import { eachFirst } from "./failure.js";

const ID = "undisturbed";

/** How many hashes a summary names. */
const NAMED = 3;

/** Options of {@link undisturbed}. */
export interface UndisturbedOptions {
  /** How many recorded transactions may fail because of the agents, 0 to 1e6. Default 0. */
  readonly tolerance?: number;
}

/**
 * No transaction of the scenario's order flow that succeeds without the scenario's agents fails because of them, and none is
 * left out of its block. Transactions that fail anyway do not count.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `undisturbed({ tolerance: 2 })`
 */
export function undisturbed(options: UndisturbedOptions = {}): Condition {
  requireKnown(ID, options, ["tolerance"]);
  const { tolerance = 0 } = options;
  requireInRange(ID, "tolerance", tolerance, { min: 0, max: 1e6, kind: "integer" });
  return defineCondition<undefined, undefined>({
    id: ID,
    observe: () => constant(undefined),
    judge: ({ interferences }) => {
      const failed = interferences.filter(({ was }) => was === "succeeds");
      if (failed.length <= tolerance) return undefined;
      const more = failed.length > NAMED ? `, and ${failed.length - NAMED} more` : "";
      return eachFirst(failed).map((ordered) => {
        const named = ordered.slice(0, NAMED).map(({ hash, is }) => `${hash} ${is}`);
        return {
          cause: ordered[0].hash,
          summary: `${failed.length} recorded ${failed.length === 1 ? "transaction fails" : "transactions fail"} because of the agents: ${named.join(", ")}${more}`,
          quantities: [
            quantity("recorded transactions that fail", count(failed.length)),
            ...ordered.map(({ hash, is }) => statement("recorded transaction", is, hash)),
          ],
        };
      });
    },
  });
}
