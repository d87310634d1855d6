import type { AbiFunction, Address } from "viem";

import type { OracleFault } from "../market/oracle-faults.js";

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

/** A transaction of an agent. */
export interface CallStep {
  readonly kind: "call";
  readonly block: number;
  readonly agent: string;
  readonly to: Address;
  /** The ABI item, so that the step can be printed and its arguments made smaller without the project's artifacts. */
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value: bigint;
  /** Priority fee, wei a gas. */
  readonly tip: bigint;
  readonly gas: bigint;
  readonly note: string | undefined;
}

/** One step of a trace; deleting single steps is what the certificate of minimality is about. */
export type TraceStep = MarketStep | OracleStep | CallStep;

/** An explicit list of what happened, ordered by block; calls of a block stand in the order in which they were mined. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** The last block of the run. */
  readonly blocks: number;
}
