import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "../../conditions/condition.js";
import type { Failure } from "../../conditions/failure.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

import { failuresOf } from "../../conditions/failure.js";
import { isUnjudged } from "../../conditions/unjudged.js";

/** A survival condition bound to a world. */
export interface BoundCondition {
  readonly id: string;
  observe(context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<unknown>;
  /** All that fails, empty if it holds; or why it could not be judged. */
  judge(context: JudgeContext<unknown>): readonly Failure[] | Unjudged;
}

/** Inspects the chain for the facts that a condition needs. */
export async function bindCondition(condition: Condition, context: ConditionInspectContext): Promise<BoundCondition> {
  const { id, definition } = condition;
  // as with protocols: facts and readings are private to the definition
  const facts: never = (await (definition.inspect?.(context) as Promise<unknown> | undefined)) as never;
  return {
    id,
    observe: (observed) => definition.observe(facts, observed),
    judge: (judged) => {
      const returned = definition.judge(judged as JudgeContext<never>, facts);
      return isUnjudged(returned) ? returned : failuresOf(id, returned);
    },
  };
}
