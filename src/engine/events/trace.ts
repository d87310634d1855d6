import type { AbiFunction, Address } from "viem";

import type { OracleFault } from "../../oracles/faults.js";
import type { BuilderAct } from "../run/plan.js";

/** A price move: the fair price of an asset changes by `change` parts per million at the start of a block. */
export interface MarketStep {
  readonly kind: "market";
  readonly block: number;
  readonly asset: string;
  /** Parts per million, > -1,000,000; -125_000 is a fall of 12.5 %. */
  readonly change: number;
}

/** A fault of an oracle, from `block` on. */
export interface OracleStep extends OracleFault {
  readonly kind: "oracle";
  readonly block: number;
}

/** The others' demand for block space changes by `change` parts per million at the start of a block. */
export interface GasStep {
  readonly kind: "gas";
  readonly block: number;
  /** Parts per million, > -1,000,000; 19_000_000 is twenty times as much. */
  readonly change: number;
}

/** What an adversarial builder does, see `BuilderAct`. */
export interface BuilderStep extends BuilderAct {
  readonly kind: "builder";
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** A call that a transaction makes, decoded. */
export interface InnerCall {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value: bigint;
}

/** A transaction of an agent. */
export interface CallStep {
  readonly kind: "call";
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
  /** An honest agent's: it follows from the other steps, and is there to be read. */
  readonly reaction?: true;
  readonly agent: string;
  readonly to: Address;
  /** The ABI item, so that the step can be printed and its arguments made smaller without the project's artifacts. */
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  /** What it calls in turn, see `ContractCall.inner`. */
  readonly inner?: readonly InnerCall[];
  readonly value: bigint;
  /** Priority fee, wei a gas. */
  readonly tip: bigint;
  readonly gas: bigint;
  readonly note: string | undefined;
}

/** One step of a trace; deleting single steps is what the certificate of minimality is about. */
export type TraceStep = MarketStep | OracleStep | GasStep | BuilderStep | CallStep;

/** An explicit list of what happened, ordered by block; calls of a block stand in the order in which they were mined. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Seed of the randomness of honest agents, whose policies keep running; left out where there are none. */
  readonly seed?: number;
  /** The last block of the run. */
  readonly blocks: number;
}

/** A trace without what honest agents did in it: that follows from the rest. */
export function withoutReactions(trace: Trace): Trace {
  const steps = trace.steps.filter((step) => !isReaction(step));
  return steps.length === trace.steps.length ? trace : { ...trace, steps };
}

/** Whether a step follows from the others. */
export function isReaction(step: TraceStep): boolean {
  return step.kind === "call" && step.reaction === true;
}
