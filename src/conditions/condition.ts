import type { Abi, Address } from "viem";

import type { Interference } from "../order-flow/interference.js";
import type { InspectContext, ObserveContext } from "../protocols/contexts.js";
import type { ReadPlan } from "../protocols/read-plan.js";
import type { View } from "../view/view.js";
import type { Judgement } from "./failure.js";
import type { Unjudged } from "./unjudged.js";

/** The contract that must survive, as conditions see it. */
export interface ConditionTarget {
  readonly name: string;
  readonly address: Address;
  readonly abi: Abi;
}

/** What a condition may use to gather its facts. */
export interface ConditionInspectContext extends InspectContext {
  readonly target: ConditionTarget;
}

/** The input of `judge`: the state after a block, and the state at the start of the run. */
export interface JudgeContext<Reading> {
  readonly reading: Reading;
  readonly start: Reading;
  readonly view: View;
  readonly startView: View;
  readonly target: ConditionTarget;
  /**
   * What an account owned at the start or owns now, in US dollars at present fair prices: native coin, tokens, shares and
   * positions in protocols. Comparing the two separates an attack's profit from the market's moves.
   */
  readonly worth: (account: Address, holdings: "start" | "now") => number;
  /** Transactions of the scenario's order flow whose outcome the agents have changed so far. */
  readonly interferences: readonly Interference[];
}

/**
 * A survival condition. Judged after every block on the batched read; it must hold at the start of a run.
 *
 * @typeParam Facts - what is gathered once
 * @typeParam Reading - what is read in every block
 */
export interface ConditionDefinition<Facts, Reading> {
  /** Its name in reports: `solvent`. Unique within a scenario. */
  readonly id: string;
  /** Whether `judge` reads `view.results`. Default false. */
  readonly results?: boolean;
  /** Checks that the target has what the condition needs; throws `UNSUPPORTED_TARGET` naming what is missing. */
  inspect?(context: ConditionInspectContext): Promise<Facts>;
  /** What to read in every block. */
  observe(facts: Facts, context: ObserveContext & { readonly target: ConditionTarget }): ReadPlan<Reading>;
  /**
   * Why the condition does not hold: a sentence, or a sentence with the numbers behind it. `undefined` if it holds;
   * `notJudged(why)` if what it reads reverts, `nothingToJudge(why)` if it applies to nothing. Pure and synchronous.
   *
   * If several things can fail (functions, accounts, markets), return a list of all that do, each with its `cause`: a campaign
   * minimises, saves and replays each as a finding of its own.
   */
  judge(context: JudgeContext<Reading>, facts: Facts): Judgement | Unjudged;
}

/** A condition as a scenario holds it. */
export interface Condition {
  readonly id: string;
  readonly definition: ConditionDefinition<never, never>;
}

/**
 * Defines a survival condition. The built-in ones are made with exactly this function.
 *
 * @example
 * ```ts
 * const capHolds = defineCondition({
 *   id: "capHolds",
 *   observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "totalAssets" }),
 *   judge: ({ reading }) => (reading > CAP ? `total assets ${reading} above the cap` : undefined),
 * });
 * ```
 */
export function defineCondition<Facts, Reading>(definition: ConditionDefinition<Facts, Reading>): Condition {
  return Object.freeze({
    id: definition.id,
    // facts and readings are private to the definition: the engine only passes them back to it
    definition: definition as unknown as ConditionDefinition<never, never>,
  });
}
