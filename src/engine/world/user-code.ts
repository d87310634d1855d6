import type { Address } from "viem";

import type { SiegeErrorCode } from "../../errors.js";
import type { ContractCall } from "../../protocols/call.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

import { isAddress, isHex } from "viem";

import { SiegeError } from "../../errors.js";

/** Whose function the engine calls: what errors are named after. */
export interface UserCode {
  readonly code: Extract<SiegeErrorCode, "CONDITION_FAILED" | "EVENT_FAILED" | "PARAMETER_FAILED" | "PROTOCOL_FAILED">;
  /** `The condition "solvent"` */
  readonly name: string;
}

/**
 * Calls a function that a user wrote and that must be synchronous, so that runs replay exactly.
 *
 * @param what - the function's name, or when it was called: `judge() after block 3`
 * @throws SiegeError `user.code` if it throws or returns a promise, and what it throws if that is a SiegeError
 */
export function asked<T>(user: UserCode, what: string, work: () => T): T {
  let answer: T;
  try {
    answer = work();
  } catch (error) {
    throw failure(user, what, error);
  }
  if (!isThenable(answer)) return answer;
  // its rejection would otherwise surface as a second, unrelated failure
  void Promise.resolve(answer).catch(() => undefined);
  throw new SiegeError(user.code, {
    message: `${user.name} is asynchronous: ${what} returned a promise.`,
    hint: "Make it synchronous: what it needs is read beforehand, by inspect() once and by observe() in every block.",
  });
}

/** The same for a function that may be asynchronous. */
export async function awaited<T>(
  user: UserCode,
  what: string,
  work: () => Promise<T> | undefined,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    throw failure(user, what, error);
  }
}

/** A number that a user's function returns. `NaN` would make every comparison false, and so every condition hold. */
export function askedNumber(user: UserCode, what: string, work: () => number): number {
  const answer: unknown = asked(user, what, work);
  if (typeof answer === "number" && !Number.isNaN(answer)) return answer;
  throw nonsense(user, what, answer, "a number");
}

/** A plan that a user's `observe()` returns; decoding it is the user's code as well. */
export function askedPlan<T>(user: UserCode, work: () => ReadPlan<T>): ReadPlan<T> {
  const plan = asked(user, "observe()", work);
  if (!isPlan(plan)) throw nonsense(user, "observe()", plan, "a plan: read(), all(), map(), constant(), …");
  return { ...plan, decode: (calls, simulations) => asked(user, "decode()", () => plan.decode(calls, simulations)) };
}

/** The error for an answer that is not what it should be. */
export function nonsense(user: UserCode, what: string, answer: unknown, expected: string): SiegeError {
  return new SiegeError(user.code, {
    message: `${user.name} cannot be used: ${what} returned ${described(answer)}.`,
    hint: `It must return ${expected}.`,
  });
}

/** Whether a value can be sent as a call. */
export function isCall(value: unknown): value is ContractCall {
  if (typeof value !== "object" || value === null) return false;
  const { to, function: called, args } = value as Partial<Record<keyof ContractCall, unknown>>;
  return isAnyAddress(to) && typeof called === "object" && Array.isArray(args);
}

/** Whether a value is an address, whatever its checksum. */
export function isAnyAddress(value: unknown): value is Address {
  return typeof value === "string" && isAddress(value, { strict: false });
}

function failure({ code, name }: UserCode, what: string, error: unknown): unknown {
  const refused = causesOf(error).find((one) => SiegeError.isSiegeError(one) && one.code === "CAMPAIGN_RUNNING");
  if (SiegeError.isSiegeError(refused)) {
    return new SiegeError(code, {
      message: `${name} failed: ${what} makes requests of its own on the campaign's connection. ${refused.summary}`,
      hint: "Let inspect() and observe() read what it needs, with the plans of read(), all(), map(): they see the state of each run.",
      cause: refused,
    });
  }
  // already says what is wrong
  if (SiegeError.isSiegeError(error)) return error;
  return new SiegeError(code, {
    message: `${name} failed: ${what} threw ${error instanceof Error ? error.message : String(error)}.`,
    hint: "It must have an answer in every state; use attempt() for reads that may revert.",
    cause: error,
  });
}

/** An error and those underneath it: clients of a chain wrap what its provider throws. */
function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && !causes.includes(at); at = at.cause) causes.push(at);
  return causes;
}

function described(answer: unknown): string {
  switch (typeof answer) {
    case "object":
      return answer === null ? "null" : Array.isArray(answer) ? "an array" : "an object";
    case "function":
      return "a function";
    case "string":
      return JSON.stringify(answer.slice(0, 80));
    case "symbol":
      return "a symbol";
    case "bigint":
    case "boolean":
    case "number":
    case "undefined":
      return String(answer);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function isPlan(value: unknown): value is ReadPlan<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { calls, simulations, decode } = value as Partial<Record<keyof ReadPlan<unknown>, unknown>>;
  if (!Array.isArray(calls) || !Array.isArray(simulations) || typeof decode !== "function") return false;
  return [calls, ...(simulations as unknown[])].every(
    (group) => Array.isArray(group) && group.every((call) => isReadCall(call)),
  );
}

function isReadCall(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { to, data } = value as { readonly to?: unknown; readonly data?: unknown };
  return isAnyAddress(to) && isHex(data);
}
