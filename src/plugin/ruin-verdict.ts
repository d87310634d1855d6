import type { RuinResult } from "../risk/ruin/ruin-result.js";

import { SiegeError } from "../errors.js";
import { shown } from "../options.js";
import { formatProbability } from "../quantity/probability.js";
import { renderRuin, ruinText } from "../report/ruin.js";
import { ruinDecision } from "../risk/ruin/ruin-decision.js";

import { toPluginError } from "./plugin-error.js";

/** What a test expects of the probability of ruin. */
export interface RuinExpectation {
  /** Above 0 and below 1. */
  readonly limit: number;
  readonly verdict: "below" | "not below";
}

/** A number of paths that nobody plays. */
const TOO_MANY = 10_000_000;

/** @throws SiegeError `INVALID_OPTION` unless 0 < limit < 1 */
export function requireLimit(limit: unknown): void {
  if (typeof limit === "number" && limit > 0 && limit < 1) return;
  throw toPluginError(
    new SiegeError("INVALID_OPTION", {
      message: `The limit of the ruin probability is ${shown(limit)}.`,
      hint: "It must be above 0 and below 1, like 0.01 for 1 %: no number of paths shows that something cannot happen.",
    }),
  );
}

/**
 * The failure text of an assertion about the probability of ruin. What decides is the interval, never the share of the paths.
 *
 * @returns `undefined` if the interval lies where the test expects it
 * @throws SiegeError `INCOMPLETE` if not all paths were played; `INCONCLUSIVE` if the limit lies within the interval, or if paths
 * that survive say nothing about the target
 */
export function ruinFailureOf(result: RuinResult, { limit, verdict }: RuinExpectation): string | undefined {
  const decision = ruinDecision(result, limit);
  if (result.kind === "incomplete") {
    throw toPluginError(
      new SiegeError("INCOMPLETE", {
        message: `${renderRuin(result)}\n`,
        hint: "Raise timeLimit or play fewer paths, or fix the error above, then run it again; with `resume`, finished paths are kept.",
        cause: result.error,
      }),
    );
  }
  if (decision === "undecided" || decision === "doubtful") {
    throw toPluginError(
      new SiegeError("INCONCLUSIVE", {
        message: `${renderRuin(result)}\n${decision === "doubtful" ? "" : `The limit of ${formatProbability(limit)} lies within the interval, so the paths do not decide.\n`}`,
        hint:
          decision === "doubtful"
            ? "Nothing is known about the target until the reasons above are removed."
            : morePaths(result, limit),
      }),
    );
  }
  if (decision === verdict) return undefined;
  const sentence =
    decision === "below"
      ? `has a ruin probability below ${formatProbability(limit)}, but was expected not to`
      : `does not have a ruin probability below ${formatProbability(limit)}`;
  return `${result.target} ${sentence}: ${ruinText(result)}\n\n${renderRuin(result)}`;
}

/** How many paths would decide, if the share stayed what it is. */
function morePaths({ probability, paths }: RuinResult, limit: number): string {
  const { value = 0, interval } = probability;
  const distance = Math.abs(limit - value);
  const width = value < limit ? interval.upper - value : value - interval.lower;
  // an interval around a share narrows with the square root; one that starts at 0 narrows as fast as paths are added
  const wanted = Math.ceil(value === 0 ? (paths * interval.upper) / limit : paths * (width / distance) ** 2);
  const rounded = Number((wanted * 1.05).toPrecision(2));
  return rounded > TOO_MANY || !Number.isFinite(rounded)
    ? "The share is so close to the limit that no reasonable number of paths decides: choose another limit."
    : `Play more paths: about ${rounded.toLocaleString("en-US")} would decide if the share stayed what it is.`;
}
