import type { SiegeErrorCode } from "../../src/errors.js";

import { expect } from "chai";

import { SiegeError } from "../../src/errors.js";

/** Runs something that has to fail with this code, and returns the error for a closer look. */
export async function failsWith(code: SiegeErrorCode, work: () => unknown): Promise<SiegeError> {
  let caught: unknown;
  try {
    await work();
  } catch (error) {
    caught = error;
  }
  if (!SiegeError.isSiegeError(caught)) {
    throw new Error(`Expected ${code}, got ${caught instanceof Error ? caught.message : "no error"}.`, {
      cause: caught,
    });
  }
  expect(caught.code, caught.message).to.equal(code);
  return caught;
}

/** The code that something fails with; `undefined` if it does not fail. */
export function codeOf(work: () => unknown): SiegeErrorCode | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!SiegeError.isSiegeError(error)) throw error;
    return error.code;
  }
}
