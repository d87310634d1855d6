import type { RuinResult } from "../../risk/ruin/ruin-result.js";

import { seconds as span } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { blockText, count } from "../lines.js";
import { ruinText, whyIncomplete } from "../ruin.js";

/** What the paths of a risk run were, and what they say of the probability. */
export function ruinSentences(result: RuinResult): readonly string[] {
  const { probability, blocks, blockTime, seed, parameters = [] } = result;
  const set = parameters.map(({ name, value }) => `${legible(name, NAME_WIDTH)} ${value}`);
  return [
    `${ruinText(result)} (${probability.interval.method}).`,
    `${count(blocks, "block")} of ${format(span(blockTime))} a path, seed ${seed}, ${blockText(result)}.${set.length === 0 ? "" : ` Parameters: ${set.join(", ")}.`}`,
    ...(result.kind === "incomplete" ? [`Incomplete: ${legible(whyIncomplete(result), 200)}.`] : []),
  ];
}
