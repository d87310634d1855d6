import type { StepData } from "../events/step-description.js";

import { BUILT_IN_KINDS } from "../events/kinds.js";

/** What steps of one kind are called among those that a failure needs together: `a price move`. */
export function nounOf(data: readonly StepData[]): string {
  const [first] = data;
  if (first === undefined) return "";
  // what a scenario's own kind is called came with it: its scenario need not be there
  return "noun" in first ? first.noun : BUILT_IN_KINDS.of(first).tells.noun(data);
}
