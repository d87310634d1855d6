import { legibleLines } from "./quantity/legible.js";

/**
 * Who can do something about an error. The engine acts on the policy, never on a message:
 * a `user` error is shown with its hint, an `infrastructure` error stops the campaign and keeps what was
 * found, an `internal` error asks for a report. None of them ever becomes a verdict.
 */
export type ErrorPolicy = "user" | "infrastructure" | "internal";

/** Every error code with its policy. Codes are stable: tests and users' scripts match on them. */
export const ERROR_POLICIES = {
  // scenario, options and configuration
  INVALID_SCENARIO: "user",
  INVALID_OPTION: "user",
  UNKNOWN_ASSET: "user",
  UNKNOWN_PROTOCOL: "user",
  UNKNOWN_ACCOUNT: "user",
  UNKNOWN_ACTION: "user",
  INVALID_ROLE: "user",
  ORACLE_WITHOUT_PRICE: "user",
  READER_DOES_NOT_FOLLOW: "user",
  // parameters
  UNKNOWN_PARAMETER: "user",
  PARAMETER_FAILED: "user",
  PARAMETER_REFUSED: "user",
  PARAMETER_WITHOUT_OWNER: "user",
  // numbers about the market
  INVALID_HISTORY: "user",
  NO_IMPLIED_VOLATILITY: "user",
  // order flow
  LOGS_INVALID: "user",
  LOGS_CONFLICT: "user",
  PARQUET_UNAVAILABLE: "user",
  FLOW_INVALID: "user",
  FLOW_TOO_SHORT: "user",
  // target and world
  LIVE_NETWORK: "user",
  UNKNOWN_NETWORK: "user",
  UNSUPPORTED_HARDFORK: "user",
  INVALID_TARGET: "user",
  NO_CODE: "user",
  UNSUPPORTED_TARGET: "user",
  UNSUPPORTED_PROTOCOL: "user",
  UNFUNDABLE_TOKEN: "user",
  BROKEN_AT_START: "user",
  // code that the user wrote and the engine calls
  CONDITION_FAILED: "user",
  AGENT_FAILED: "user",
  PROTOCOL_FAILED: "user",
  INVALID_INTENT: "user",
  EVENT_FAILED: "user",
  OBJECTIVE_FAILED: "user",
  PROGRESS_FAILED: "user",
  RESULTS_NOT_KEPT: "user",
  // matcher and tasks
  NO_CONNECTION: "user",
  CAMPAIGN_RUNNING: "user",
  MATCHER_NOT_AWAITED: "user",
  NO_SCENARIO_FILE: "user",
  INVALID_SCENARIO_FILE: "user",
  SCENARIO_FILE_EXISTS: "user",
  // reproductions
  REPRODUCTION_NOT_FOUND: "user",
  REPRODUCTION_UNREADABLE: "user",
  REPRODUCTION_INVALID: "user",
  REPRODUCTION_TOO_LARGE: "user",
  REPRODUCTION_VERSION: "user",
  REPRODUCTION_EDITED: "user",
  REPRODUCTION_MISSING_STATE: "user",
  REPRODUCTION_DIVERGED: "user",
  REPRODUCTION_TOO_COSTLY: "user",
  REPRODUCTION_UNWRITABLE: "user",
  UNKNOWN_EVENT: "user",
  // proposals
  PROPOSAL_INVALID: "user",
  PROPOSAL_REFUSED: "user",
  // policies of trained adversaries
  POLICY_NOT_FOUND: "user",
  POLICY_INVALID: "user",
  POLICY_VERSION: "user",
  POLICY_UNWRITABLE: "user",
  // exports
  EXPORT_UNAVAILABLE: "user",
  EXPORT_INEXACT: "user",
  // shards
  SHARD_RESULT_NOT_FOUND: "user",
  SHARD_RESULT_INVALID: "user",
  SHARD_RESULT_VERSION: "user",
  SHARD_RESULT_UNWRITABLE: "user",
  MIXED_CAMPAIGNS: "user",
  CONTRADICTING_SHARDS: "user",
  // queues
  QUEUE_UNAVAILABLE: "user",
  QUEUE_UNREACHABLE: "infrastructure",
  QUEUE_OTHER_VERSION: "user",
  QUEUE_OTHER_COMMIT: "user",
  QUEUE_UNCOMMITTED: "user",
  QUEUE_FOREIGN_JOB: "user",
  QUEUE_JOB_FAILED: "infrastructure",
  QUEUE_ANSWER_INVALID: "infrastructure",
  QUEUE_RESULT_MISMATCH: "infrastructure",
  // forks in files
  SNAPSHOT_NOT_FOUND: "user",
  SNAPSHOT_INVALID: "user",
  SNAPSHOT_VERSION: "user",
  SNAPSHOT_MISMATCH: "user",
  SNAPSHOT_MISSING_STATE: "user",
  SNAPSHOT_UNWRITABLE: "user",
  // risk runs
  PATHS_FILE_INVALID: "user",
  PATHS_FILE_UNWRITABLE: "user",
  RESULT_UNWRITABLE: "user",
  // figures
  FIGURES_UNAVAILABLE: "user",
  // this machine
  TEMPORARY_UNWRITABLE: "infrastructure",
  // the chain
  RPC_FAILED: "infrastructure",
  RPC_INVALID_RESPONSE: "infrastructure",
  // a run that did not reach its end
  INCOMPLETE: "user",
  // runs that say nothing about the target
  INCONCLUSIVE: "user",
  INTERNAL: "internal",
} as const;

/** A stable error code of this plugin. */
export type SiegeErrorCode = keyof typeof ERROR_POLICIES;

/** Wider lines of a message are cut: a sentence quotes values, and some of them come from files and contracts. */
const LINE_WIDTH = 40_000;

/** What a {@link SiegeError} is made of. What is not printable in its texts is replaced. */
export interface SiegeErrorDetails {
  /** One sentence that names the thing and the value. A value from outside is quoted with `legible`, which cuts it. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** The error underneath, if there is one. */
  readonly cause?: unknown;
}

/**
 * The one error class of this package. It does not depend on Hardhat: at the edge, `plugin/plugin-error.ts` turns it into an
 * error that Hardhat's command line prints without a stack.
 *
 * @example
 * ```ts
 * throw new SiegeError("UNKNOWN_ASSET", {
 *   message: 'The scenario "crash" has no asset "EHT".',
 *   hint: "Use one of: ETH, USDC.",
 * });
 * ```
 */
export class SiegeError extends Error {
  readonly code: SiegeErrorCode;
  /** The message without its hint and its code. */
  readonly summary: string;
  readonly hint: string;

  constructor(code: SiegeErrorCode, details: SiegeErrorDetails) {
    const summary = legibleLines(details.message, LINE_WIDTH);
    const hint = legibleLines(details.hint, LINE_WIDTH);
    super(`${summary} ${hint} [${code}]`, details.cause === undefined ? undefined : { cause: toError(details.cause) });
    this.name = NAME;
    this.code = code;
    this.summary = summary;
    this.hint = hint;
  }

  get policy(): ErrorPolicy {
    return ERROR_POLICIES[this.code];
  }

  /** Recognises errors by their properties: across copies of the package, and as Hardhat shows them. */
  static isSiegeError(value: unknown): value is SiegeError {
    return (
      value instanceof Error &&
      value.name === NAME &&
      "code" in value &&
      typeof value.code === "string" &&
      "summary" in value &&
      "hint" in value
    );
  }
}

/** What errors of this package are called, whatever class carries them. */
const NAME = "SiegeError";

/** `valid names` list for hints: "Use one of: a, b." or what to add if there is none. */
export function oneOf(names: Iterable<string>, none: string): string {
  const list = [...names];
  return list.length === 0 ? none : `Use one of: ${list.join(", ")}.`;
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}
