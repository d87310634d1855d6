import type { Condition, ConditionInspectContext, ConditionTarget, JudgeContext } from "../../conditions/condition.js";
import type { Evidence } from "../../conditions/evidence.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { UserCode } from "./user-code.js";

import { toEvidence } from "../../conditions/evidence.js";
import { isUnjudged } from "../../conditions/unjudged.js";

import { asked, askedPlan, awaited } from "./user-code.js";

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
  const user: UserCode = { code: "CONDITION_FAILED", name: `The condition "${id}"` };
  // as with protocols: facts and readings are private to the definition
  const facts = (await awaited<unknown>(user, "inspect()", () => definition.inspect?.(context))) as never;
  return {
    id,
    observe: (observed) => askedPlan<unknown>(user, () => definition.observe(facts, observed)),
    judge: (judged) => {
      const what = `judge() after block ${judged.view.block}`;
      const given = asked(user, what, () => definition.judge(judged as JudgeContext<never>, facts));
      return asked(user, what, () => (isUnjudged(given) ? given : toEvidence(given)));
    },
  };
}
