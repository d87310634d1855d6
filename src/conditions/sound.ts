import type { Condition, ConditionDefinition, ConditionInspectContext, JudgeContext } from "./condition.js";
import type { GivenEvidence } from "./evidence.js";
import type { Unjudged } from "./unjudged.js";

import { list } from "../protocols/read-plan.js";

import { defineCondition } from "./condition.js";
import { failuresOf } from "./failure.js";
import { noShortfall } from "./no-shortfall.js";
import { isUnjudged, nothingToJudge } from "./unjudged.js";
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
 * condition of presets. There is nothing to judge where the target is no vault and no protocol reports a shortfall.
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
    judge: (context, parts) => {
      const unjudged: Unjudged[] = [];
      const failures: GivenEvidence[] = [];
      for (const [index, { definition, facts }] of parts.entries()) {
        const own: JudgeContext<unknown> = {
          ...context,
          reading: context.reading[index],
          start: context.start[index],
        };
        const returned = definition.judge(own, facts);
        if (isUnjudged(returned)) unjudged.push(returned);
        else
          failures.push(...failuresOf(definition.id, returned).map(({ cause, evidence }) => ({ ...evidence, cause })));
      }
      if (failures.length > 0) return failures;
      // what cannot be read may hide anything; what has nothing to judge leaves the verdict to the other part
      const failed = unjudged.find((part) => part.unjudged === "failed");
      if (failed !== undefined) return failed;
      if (unjudged.length < parts.length) return undefined;
      const why = unjudged.map((part) => part.why).join(", and ");
      return nothingToJudge(parts.length === 1 ? `the target is not an ERC-4626 vault, and ${why}` : why);
    },
  });
}

function partsFor({ target }: ConditionInspectContext): readonly Condition[] {
  const names = new Set(target.abi.flatMap((item) => (item.type === "function" ? [item.name] : [])));
  return [...(VAULT.every((name) => names.has(name)) ? [withdrawable()] : []), noShortfall()];
}
