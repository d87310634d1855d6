import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "../../conditions/condition.js";
import type { Evidence } from "../../conditions/evidence.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

import { toEvidence } from "../../conditions/evidence.js";
import { isUnjudged } from "../../conditions/unjudged.js";

/** A survival condition bound to a world. */
export interface BoundCondition {
  readonly id: string;
  observe(context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<unknown>;
  /** Why it does not hold, or why it could not be judged; `undefined` if it holds. */
  judge(context: JudgeContext<unknown>): Evidence | Unjudged | undefined;
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
      return isUnjudged(returned) ? returned : toEvidence(returned);
    },
  };
}
