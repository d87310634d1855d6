import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "../../conditions/condition.js";
import type { Failure } from "../../conditions/failure.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

import { failuresOf } from "../../conditions/failure.js";

/** A survival condition bound to a world. */
export interface BoundCondition {
  readonly id: string;
  observe(context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<unknown>;
  /** All that fails; empty if the condition holds. */
  judge(context: JudgeContext<unknown>): readonly Failure[];
}

/** Inspects the chain for the facts that a condition needs. */
export async function bindCondition(condition: Condition, context: ConditionInspectContext): Promise<BoundCondition> {
  const { id, definition } = condition;
  // as with protocols: facts and readings are private to the definition
  const facts: never = (await (definition.inspect?.(context) as Promise<unknown> | undefined)) as never;
  return {
    id,
    observe: (observed) => definition.observe(facts, observed),
    judge: (judged) => failuresOf(id, definition.judge(judged as JudgeContext<never>, facts)),
  };
}
