import { SiegeError } from "../../errors.js";

/**
 * What is read only to know more: nothing where a snapshot of a fork does not hold it, since that is the same whenever it is read. Any
 * other fault is one.
 */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (SiegeError.isSiegeError(error) && error.code === "SNAPSHOT_MISSING_STATE") return undefined;
    throw error;
  }
}
