import type { Hex } from "viem";

import { nonsense, record } from "./rpc.js";

/** One instruction of an execution, before it is executed. */
export interface Opcode {
  readonly pc: number;
  readonly op: string;
  /** 1 in the code that is called first. */
  readonly depth: number;
  /** The top is the last. */
  readonly stack: readonly Hex[];
}

/** Asks for the stack, but not for memory and storage, which would make a trace several times larger. */
export const STACK_ONLY: object = { disableMemory: true, disableStorage: true };

/** The instructions of a trace. */
export function opcodesIn(method: string, trace: unknown): readonly Opcode[] {
  const { structLogs } = record(method, trace);
  // the node writes them in this form
  if (Array.isArray(structLogs)) return structLogs as readonly Opcode[];
  throw nonsense(method, structLogs);
}
