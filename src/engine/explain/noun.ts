import type { StepData } from "../events/step-description.js";

import { BUILT_IN_KINDS } from "../events/kinds.js";

/** The noun for steps of one kind in the list of what a failure needs together: `a price move`. */
export function nounOf(data: readonly StepData[]): string {
  const [first] = data;
  if (first === undefined) return "";
  // data of a scenario's own kind carries its noun, so that the scenario is not needed here
  return "noun" in first ? first.noun : BUILT_IN_KINDS.of(first).tells.noun(data);
}
