import type { Condition, ConditionDefinition, ConditionInspectContext, JudgeContext } from "./condition.js";

import { list } from "../protocols/read-plan.js";

import { defineCondition } from "./condition.js";
import { failuresOf } from "./failure.js";
import { noShortfall } from "./no-shortfall.js";
import { withdrawable } from "./withdrawable.js";

const ID = "sound";

/** The functions that identify an ERC-4626 vault. */
const VAULT = ["asset", "convertToAssets", "redeem", "totalSupply"];

interface Part {
  readonly definition: ConditionDefinition<unknown, unknown>;
  readonly facts: unknown;
}

/**
 * The target keeps the promises of its kind: every depositor of an ERC-4626 vault can redeem everything
 * ({@link withdrawable}), and no protocol of the scenario becomes short of what it owes ({@link noShortfall}). The default
 * condition of presets.
 *
 * @example `sound()`
 */
export function sound(): Condition {
  return defineCondition<readonly Part[], readonly unknown[]>({
    id: ID,
    inspect: async (context) => {
      const parts: Part[] = [];
      for (const { definition } of partsFor(context)) {
        // facts and readings are private to the definition that made them, and are only passed back to it
        const own = definition as unknown as ConditionDefinition<unknown, unknown>;
        parts.push({ definition: own, facts: await own.inspect?.(context) });
      }
      return parts;
    },
    observe: (parts, context) => list(parts.map(({ definition, facts }) => definition.observe(facts, context))),
    judge: (context, parts) =>
      parts.flatMap(({ definition, facts }, index) => {
        const own: JudgeContext<unknown> = {
          ...context,
          reading: context.reading[index],
          start: context.start[index],
        };
        return failuresOf(definition.id, definition.judge(own, facts)).map(({ cause, evidence }) => ({
          ...evidence,
          cause,
        }));
      }),
  });
}

function partsFor({ target }: ConditionInspectContext): readonly Condition[] {
  const names = new Set(target.abi.flatMap((item) => (item.type === "function" ? [item.name] : [])));
  return [...(VAULT.every((name) => names.has(name)) ? [withdrawable()] : []), noShortfall()];
}
