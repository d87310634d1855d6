import { SiegeError } from "../../errors.js";
import { shown } from "../../options.js";

/** The result of repeated independent trials. */
export interface Trials {
  /** How many there were: a whole number, at least 0. */
  readonly trials: number;
  /** How many of them came true: a whole number, 0 to `trials`. */
  readonly successes: number;
}

/** @throws SiegeError `INVALID_OPTION` */
export function requireTrials(caller: string, { trials, successes }: Trials): void {
  const areCounts = Number.isSafeInteger(trials) && Number.isSafeInteger(successes);
  if (areCounts && successes >= 0 && successes <= trials) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${caller}: ${shown(successes)} successes in ${shown(trials)} trials.`,
    hint: "Both must be whole numbers, with no more successes than trials.",
  });
}

/** @throws SiegeError `INVALID_OPTION` unless 0 < confidence < 1 */
export function requireConfidence(caller: string, confidence: number): void {
  if (typeof confidence === "number" && confidence > 0 && confidence < 1) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${caller}: "confidence" is ${shown(confidence)}.`,
    hint: "It must be above 0 and below 1, like 0.95: no finite sample is certain.",
  });
}
