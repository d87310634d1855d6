import type { ErrorPolicy, SiegeErrorCode } from "../errors.js";

import { HardhatPluginError } from "hardhat/plugins";

import { SiegeError } from "../errors.js";

/** A {@link SiegeError} as a Hardhat plugin error: its command line prints the message alone, without a stack. */
class SiegePluginError extends HardhatPluginError {
  readonly code: SiegeErrorCode;
  readonly summary: string;
  readonly hint: string;
  readonly policy: ErrorPolicy;

  constructor(error: SiegeError) {
    super("hardhat-siege", error.message, error.cause instanceof Error ? error.cause : undefined);
    this.code = error.code;
    this.summary = error.summary;
    this.hint = error.hint;
    this.policy = error.policy;
    // what a test runner prints, and what SiegeError.isSiegeError() looks at
    this.name = error.name;
    if (error.stack !== undefined) this.stack = error.stack;
  }
}

/** The error as Hardhat shows it; what is not a {@link SiegeError}, or is one that Hardhat knows already, as it is. */
export function toPluginError(error: unknown): unknown {
  if (!SiegeError.isSiegeError(error) || HardhatPluginError.isHardhatPluginError(error)) return error;
  return new SiegePluginError(error);
}

/** Runs something that users call: a {@link SiegeError} leaves it as {@link toPluginError} makes it. */
export function asPluginError<ResultT>(work: () => ResultT): ResultT {
  try {
    return work();
  } catch (error) {
    throw toPluginError(error);
  }
}

/** The same for asynchronous functions. */
export async function asPluginErrors<ResultT>(work: () => Promise<ResultT>): Promise<ResultT> {
  try {
    return await work();
  } catch (error) {
    throw toPluginError(error);
  }
}
