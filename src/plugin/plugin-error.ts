import type { ErrorPolicy, SiegeErrorCode } from "../errors.js";

import { HardhatPluginError } from "hardhat/plugins";

import { SiegeError } from "../errors.js";

/** A {@link SiegeError} as a Hardhat plugin error, of which Hardhat's command line prints the message without a stack. */
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
    // test runners print it, and SiegeError.isSiegeError() checks it
    this.name = error.name;
    if (error.stack !== undefined) this.stack = error.stack;
  }
}

/** The error as Hardhat displays it; anything but a {@link SiegeError}, or one already converted, is returned as it is. */
export function toPluginError(error: unknown): unknown {
  if (!SiegeError.isSiegeError(error) || HardhatPluginError.isHardhatPluginError(error)) return error;
  return new SiegePluginError(error);
}

/** Runs code that users call, and converts a {@link SiegeError} with {@link toPluginError}. */
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
