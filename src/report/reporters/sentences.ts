import type { StepDescription } from "../../engine/events/step-description.js";
import type { FindingRecord } from "../../engine/reproduction/finding-record.js";

import { nounOf } from "../../engine/explain/noun.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";

/** The widest sentence about a step or a violation. */
const SENTENCE = 400;

/** `block 3: liquidator: liquidationCall(alice, 410 WETH), sells into the pool` */
export function stepSentence({ block, actor, action, consequence, inner = [] }: StepDescription): string {
  const parts = [action, ...inner, ...(consequence === undefined ? [] : [consequence])];
  return legible(`block ${block}: ${legible(actor, NAME_WIDTH)}: ${parts.join("; ")}`, SENTENCE);
}

/** `solvent: assets 8 WETH < liabilities 10 WETH` */
export function violationSentence({ violation }: Pick<FindingRecord, "violation">): string {
  return `${legible(violation.condition, NAME_WIDTH)}: ${legible(violation.evidence.summary, SENTENCE)}`;
}

/** What the failure needs together: `a price move and a call`; `undefined` if one kind of event is enough. */
export function couplingSentence({ coupling, steps }: Pick<FindingRecord, "coupling" | "steps">): string | undefined {
  if (coupling === undefined) return undefined;
  const nouns = coupling.map((kind) => nounOf(steps.flatMap(({ data }) => (data.kind === kind ? [data] : []))));
  return `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1) ?? ""} together; without ${nouns.length === 2 ? "either" : "any one of them"} the target survives`;
}
