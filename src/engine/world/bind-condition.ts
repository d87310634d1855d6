import type {
  ChainContext,
  Condition,
  ConditionInspectContext,
  ConditionTarget,
  JudgeContext,
  Purse,
} from "../../conditions/condition.js";
import type { Failure } from "../../conditions/failure.js";
import type { ChainStatement, NotOnChain } from "../../conditions/on-chain.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { ObserveContext } from "../../protocols/contexts.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { UserCode } from "./user-code.js";

import { failuresOf } from "../../conditions/failure.js";
import { isUnjudged, notJudged } from "../../conditions/unjudged.js";
import { SiegeError } from "../../errors.js";

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
  onChain(context: ChainContext<unknown>): ChainStatement | NotOnChain | undefined;
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
    observe: (observed) => readable(askedPlan<unknown>(user, () => definition.observe(facts, observed))),
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
      // what agents did to make it revert may be all that is wrong
      if (judged.reading instanceof Unread) {
        if (judged.view.block === 0) throw judged.reading.error(user);
        return notJudged(judged.reading.why);
      }
      const what = `judge() after block ${judged.view.block}`;
      const returned = asked(user, what, () => definition.judge(judged as JudgeContext<never>, facts));
      return isUnjudged(returned) ? returned : understood(user, what, () => failuresOf(id, returned));
    },
  };
}

/** What `judge` returned. @throws SiegeError `user.code` if it is no verdict */
function understood<T>({ code, name }: UserCode, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SiegeError(code, {
      message: `${name} cannot be used: ${what.replace(/^judge\(\) /, "")}, ${error.message}`,
      hint: "A condition says why it does not hold, and nothing (undefined) if it does; notJudged(why) and nothingToJudge(why) are for what cannot be said.",
      cause: error,
    });
  }
}

/** What a condition reads, where a part of it reverts. */
class Unread {
  readonly why: string;
  readonly #cause: SiegeError;

  constructor(cause: SiegeError) {
    this.#cause = cause;
    this.why = cause.summary.replace(/\.$/, "");
  }

  /** Before the siege, it is the set-up that is wrong. */
  error({ code, name }: UserCode): SiegeError {
    return new SiegeError(code, {
      message: `${name} reads what cannot be read before the siege: ${this.why}.`,
      hint: "Check that its address is the intended contract and that it has this function at the fork block; use attempt() for reads that may revert.",
      cause: this.#cause,
    });
  }
}

/** The plan, with {@link Unread} as its value where a view that it reads reverts or returns something else. */
function readable(plan: ReadPlan<unknown>): ReadPlan<unknown> {
  return {
    ...plan,
    decode: (results, simulations) => {
      try {
        return plan.decode(results, simulations);
      } catch (error) {
        if (SiegeError.isSiegeError(error) && error.code === "UNSUPPORTED_PROTOCOL") return new Unread(error);
        throw error;
      }
    },
  };
}
