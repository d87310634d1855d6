import type {
  ChainContext,
  Condition,
  ConditionInspectContext,
  ConditionTarget,
  JudgeContext,
  Purse,
} from "../../conditions/condition.js";
import type { Failure } from "../../conditions/failure.js";
import type { ChainStatement } from "../../conditions/on-chain.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { UserCode } from "./user-code.js";

import { failuresOf } from "../../conditions/failure.js";
import { isUnjudged } from "../../conditions/unjudged.js";

import { asked, askedNumber, askedPlan, awaited } from "./user-code.js";

/** A survival condition bound to a world. */
export interface BoundCondition {
  readonly id: string;
  /** Money that its simulated calls need. */
  readonly purses: readonly Purse[];
  observe(context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<unknown>;
  /** All that fails, empty if it holds; or why it could not be judged. */
  judge(context: JudgeContext<unknown>): readonly Failure[] | Unjudged;
  /** How far it is from broken, 0 to 1; `undefined` if it does not tell. */
  margin(context: JudgeContext<unknown>): number | undefined;
  /** What a contract can check of it; `undefined` if nothing. */
  onChain(context: ChainContext<unknown>): ChainStatement | undefined;
}

/** Inspects the chain for the facts that a condition needs. */
export async function bindCondition(condition: Condition, context: ConditionInspectContext): Promise<BoundCondition> {
  const { id, definition } = condition;
  const user: UserCode = { code: "CONDITION_FAILED", name: `The condition "${id}"` };
  // as with protocols: facts and readings are private to the definition
  const facts = (await awaited<unknown>(user, "inspect()", () => definition.inspect?.(context))) as never;
  return {
    id,
    purses: asked(user, "purses()", () => definition.purses?.(facts) ?? []),
    observe: (observed) => askedPlan<unknown>(user, () => definition.observe(facts, observed)),
    margin: (judged) => {
      const what = `margin() after block ${judged.view.block}`;
      const told = asked(user, what, () => definition.margin?.(judged as JudgeContext<never>, facts));
      if (told === undefined) return undefined;
      return Math.min(
        1,
        Math.max(
          0,
          askedNumber(user, what, () => told),
        ),
      );
    },
    onChain: (judged) =>
      asked(user, `onChain() after block ${judged.view.block}`, () =>
        definition.onChain?.(judged as ChainContext<never>, facts),
      ),
    judge: (judged) => {
      const what = `judge() after block ${judged.view.block}`;
      const returned = asked(user, what, () => definition.judge(judged as JudgeContext<never>, facts));
      return asked(user, what, () => (isUnjudged(returned) ? returned : failuresOf(id, returned)));
    },
  };
}
