import type { Address } from "viem";

import type { ConditionTarget } from "../conditions/condition.js";
import type { ContractCall } from "../protocols/call.js";
import type { InspectContext } from "../protocols/contexts.js";
import type { Draw, Draws } from "./draw.js";
import type { NumbersOf, ValueRanges, ValuesOf } from "./event-values.js";

import { SiegeError } from "../errors.js";

/** The name of a kind of event: what it belongs to, a dot, and what happens: `vault.loanLimitChange`. */
export type EventName = `${string}.${string}`;

/** What a kind of event has at hand to read the facts that it needs. */
export interface EventInspectContext extends InspectContext {
  readonly target: ConditionTarget;
}

/** An event without its kind: when it happens, and its values. */
export interface DrawnEvent<Values> {
  /** From 1 to the last block of the run. */
  readonly block: number;
  readonly values: Values;
}

/** The number that measures how large an event is. */
export interface EventSize<Facts, Ranges extends ValueRanges> {
  /** Which value it is. */
  readonly value: NumbersOf<Ranges>;
  /** The size at which the event does nothing: the minimiser bisects towards it. */
  from(facts: Facts): number;
  /** The precision of the threshold, in the value's unit. Default 1. */
  readonly resolution?: number;
  /** How a size reads: `90.0 %`. */
  words(size: number): string;
}

/**
 * A kind of event that the search may add to a run: a transaction that no agent sends, such as a change of a protocol's
 * parameters by its owner.
 *
 * @typeParam Facts - what is read once, at the base state
 * @typeParam Ranges - the ranges of its values
 */
export interface EventDefinition<Facts, Ranges extends ValueRanges> {
  /** Its name in traces and files. The part before the dot is a namespace; names without one are reserved for built-in kinds. */
  readonly kind: EventName;
  /** The actor in reports: `owner`. */
  readonly actor: string;
  /** The ranges of its values, by name. */
  readonly values: Ranges;
  /** The most events of this kind in a run, 1 to 100. Default 3. */
  readonly most?: number;
  /**
   * Draws the events of a run. Default: up to `most` events in any blocks, with values anywhere in their ranges or at either
   * end.
   */
  draw?(draws: Draws, run: { readonly blocks: number }): Draw<readonly DrawnEvent<ValuesOf<Ranges>>[]>;
  /** Reads the facts that it needs, at the base state. Throws `UNSUPPORTED_TARGET` if something is missing. */
  inspect?(context: EventInspectContext): Promise<Facts>;
  /** The account that sends the transaction. It needs no key and no ether. */
  sender(facts: Facts): Address;
  /** The transaction. */
  call(values: ValuesOf<Ranges>, facts: Facts): ContractCall;
  /**
   * Priority fee, wei per unit of gas, which decides its place in the block. Default: that of an ordinary call. The sender gets
   * the ether for it.
   */
  readonly tip?: bigint;
  /** How an event reads, after the actor's name: `limits loans to 90.0 % of the collateral`. */
  words(values: ValuesOf<Ranges>): string;
  /** How the kind reads in a list of what a failure needs: `a change of the loan limit`. */
  readonly noun: string;
  /** What the minimiser reduces. Without it, events of this kind can only be deleted. */
  readonly size?: EventSize<Facts, Ranges>;
}

/** A kind of event as a scenario lists it. */
export interface ScenarioEvent {
  readonly kind: EventName;
  readonly definition: EventDefinition<never, ValueRanges>;
}

/**
 * Defines a kind of event. Listed in a scenario's `events`, it is searched, minimised, saved, replayed and reported
 * like the built-in ones.
 *
 * @throws SiegeError `INVALID_OPTION` if its name has no dot
 * @example
 * ```ts
 * const loanLimitChange = defineEvent({
 *   kind: "vault.loanLimitChange",
 *   actor: "owner",
 *   values: { limit: { type: "integer", min: 0, max: 10_000, unit: "basis points" } },
 *   sender: () => OWNER,
 *   call: ({ limit }) => call({ address: VAULT, abi, functionName: "setLoanLimit", args: [limit] }),
 *   words: ({ limit }) => `limits loans to ${limit / 100} % of the collateral`,
 *   noun: "a change of the loan limit",
 * });
 * siege.scenario({ ...definition, events: [loanLimitChange] });
 * ```
 */
export function defineEvent<const Ranges extends ValueRanges, Facts = undefined>(
  definition: EventDefinition<Facts, Ranges>,
): ScenarioEvent {
  const { kind } = definition;
  if (typeof (kind as unknown) !== "string" || !isEventName(kind)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `defineEvent: "kind" is ${JSON.stringify(kind)}.`,
      hint: 'Use the name of what it belongs to, a dot, and what happens: "vault.loanLimitChange".',
    });
  }
  return Object.freeze({
    kind,
    // facts and values are private to the definition: the engine only passes them back to it
    definition: definition as unknown as EventDefinition<never, ValueRanges>,
  });
}

/** Whether a kind's name is one that a scenario may define. */
export function isEventName(kind: string): kind is EventName {
  return kind.length <= 200 && /^[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)+$/.test(kind);
}
