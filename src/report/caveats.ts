import type { SurvivedResult } from "../engine/campaign/campaign-result.js";

import { DEFAULT_RUNS } from "../engine/campaign/defaults.js";

import { exerciseOf } from "./call-lines.js";
import { count } from "./lines.js";

/** Fewer are told. */
const FEW_RUNS = DEFAULT_RUNS / 10;

/** What little a pass rests on, a sentence each; none where it rests on more. It is a pass nevertheless. */
export function caveatsOf({ activity, cost }: SurvivedResult): readonly string[] {
  const { succeeded, of, kept } = exerciseOf(activity.calls);
  return [
    ...(cost.runs < FEW_RUNS
      ? [`a campaign of ${count(cost.runs, "run")} says little: the default has ${DEFAULT_RUNS}`]
      : []),
    ...(2 * succeeded < of
      ? [
          `only ${succeeded} of ${count(of, "function")}${kept > 0 ? " that are kept for no role" : ""} ever succeeded: a flaw behind the others is not seen`,
        ]
      : []),
  ];
}
