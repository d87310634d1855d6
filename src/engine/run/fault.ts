import type { SiegeErrorCode } from "../../errors.js";

import { SiegeError } from "../../errors.js";

/** An infrastructure fault, as plain data: the reason why a run has no verdict. It says nothing about the target. */
export interface Fault {
  /** `RPC_FAILED` or `RPC_INVALID_RESPONSE`. */
  readonly code: SiegeErrorCode;
  /** One sentence that names the request and what went wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** The message of the underlying error, if there is one. */
  readonly cause?: string;
}

/** The error as a fault; `undefined` unless its policy is `infrastructure`. */
export function faultOf(error: unknown): Fault | undefined {
  if (!SiegeError.isSiegeError(error) || error.policy !== "infrastructure") return undefined;
  const { code, summary, hint, cause } = error;
  return { code, message: summary, hint, ...(cause instanceof Error ? { cause: cause.message } : {}) };
}

/** The error that a fault describes, to be thrown by the recipient of a report. */
export function errorOf({ code, message, hint, cause }: Fault): SiegeError {
  return new SiegeError(code, { message, hint, cause });
}
