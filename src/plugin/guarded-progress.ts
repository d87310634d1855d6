import { SiegeError } from "../errors.js";

/** What an option `progress` may be: its arguments differ. */
type Progress = (...told: never[]) => unknown;

/**
 * The options of a call, whose `progress` is the user's code.
 *
 * @returns the same, with a `progress` that throws `PROGRESS_FAILED` for whatever it throws
 */
export function guardedProgress<OptionsT extends { readonly progress?: Progress | undefined }>(
  options: OptionsT,
): OptionsT {
  const { progress } = options;
  if (typeof progress !== "function") return options;
  const guarded = (...told: never[]): void => {
    try {
      progress(...told);
    } catch (error) {
      throw new SiegeError("PROGRESS_FAILED", {
        message: `The option "progress" threw ${error instanceof Error ? error.message : String(error)}.`,
        hint: "Catch what it throws: it is only told what happens. The cause has its stack.",
        cause: error,
      });
    }
  };
  return { ...options, progress: guarded };
}
