import { SiegeError } from "../../errors.js";

/**
 * Says of a mistake in a scenario where it stands.
 *
 * @param path - in the definition: `conditions[0]`
 * @throws SiegeError what `work` throws, with the path before its message
 */
export async function atPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!SiegeError.isSiegeError(error) || error.policy !== "user") throw error;
    throw new SiegeError(error.code, {
      message: `${path}: ${error.summary}`,
      hint: error.hint,
      ...(error.cause === undefined ? {} : { cause: error.cause }),
    });
  }
}
