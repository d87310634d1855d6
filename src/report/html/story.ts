import type { InconclusiveResult, SurvivedResult } from "../../engine/campaign/campaign-result.js";
import type { StepDescription } from "../../engine/events/step-description.js";
import type { Content } from "./markup.js";
import type { PageFinding, PageSubject } from "./page-finding.js";

import { isChain, mainPath } from "../../engine/explain/cascade.js";
import { harmText } from "../../engine/minimise/harm-in-evidence.js";
import { percent } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { count } from "../lines.js";

import { html } from "./markup.js";

/** The most steps that a sentence tells one by one. */
const FEW = 5;

/** A finding in a paragraph. */
export function storyOf(finding: PageFinding, { target, blocks }: Pick<PageSubject, "target" | "blocks">): Content {
  const { violation, steps, certificate, found, worst } = finding;
  const own = steps.filter(({ reaction }) => reaction !== true);
  const needed = certificate?.deletions.every(({ without }) => without === "survived") === true;
  const sentences: Content[] = [
    html`After block ${violation.block}${blocks === undefined ? "" : ` of ${blocks}`}, <q>${violation.condition}</q> no
      longer holds for ${target}: <em>${violation.evidence.summary}</em>.`,
    wayOf(finding, own),
    own.length === 0
      ? undefined
      : certificate === undefined
        ? "The steps are not minimal yet."
        : needed
          ? own.length === 1
            ? "Without that, it survives."
            : `All ${own.length} steps are needed: without any one of them, it survives.`
          : `All ${own.length} steps are needed.`,
    found.evidence.summary === violation.evidence.summary || certificate === undefined
      ? undefined
      : `As the search found it: ${found.evidence.summary}.`,
    worst === undefined ? undefined : `With other amounts, the same steps do ${harmText(worst.violation.evidence)}.`,
  ];
  return sentences.flatMap((sentence) => (sentence === undefined ? [] : [sentence, " "]));
}

function wayOf({ cascade }: PageFinding, own: readonly StepDescription[]): Content {
  if (own.length === 0) return "It takes no step of anybody.";
  if (own.length <= FEW) return `It takes this: ${listed(phrases(own))}.`;
  if (cascade === undefined || !isChain(cascade)) {
    const actors = [...new Set(own.map(({ actor }) => actor))];
    return `It takes ${count(own.length, "step")} of ${actors.slice(0, FEW).join(", ")}.`;
  }
  const path = mainPath(cascade);
  const kinds = (kind: string): number => cascade.nodes.filter((node) => node.kind === kind).length;
  const [first] = path;
  const parts = [
    ...(kinds("impact") > 0 ? [`a price on the chain moves ${times(kinds("impact"))}`] : []),
    ...(kinds("health") > 0 ? [`a position falls below one ${times(kinds("health"))}`] : []),
    ...(kinds("loss") > 0 ? [`${count(kinds("loss"), "protocol")} can no longer pay everyone`] : []),
  ];
  return `It begins with one thing: ${first?.label ?? ""}. In the steps from there, ${listed(parts)}.`;
}

/** What happens, in the order of the steps; calls of one agent in a row are told together. */
function phrases(own: readonly StepDescription[]): readonly string[] {
  const told: { readonly actor: string; readonly words: string[]; readonly calls: boolean }[] = [];
  for (const { actor, action, data } of own) {
    const calls = "function" in data;
    const last = told.at(-1);
    const words = calls ? `${data.target.name}.${data.function}` : action;
    if (calls && last?.calls === true && last.actor === actor) last.words.push(words);
    else
      told.push({
        actor,
        calls,
        words: [data.kind === "market" ? words : `${actor} ${calls ? "calls " : ""}${words}`],
      });
  }
  return told.map(({ words }) => words.join(", then "));
}

/** `a, b, and c` */
function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")}${parts.length > 2 ? "," : ""} and ${parts.at(-1) ?? ""}`;
}

function times(number: number): string {
  return number === 1 ? "once" : `${number} times`;
}

/** How far the search went without finding anything: never that nothing can happen. */
export function searchStory(result: SurvivedResult | InconclusiveResult): Content {
  const { cost, activity, blocks } = result;
  const succeeded = activity.calls.filter((call) => call.succeeded > 0).length;
  const closest = activity.conditions
    .flatMap(({ condition, closest: margin }) => (margin === undefined ? [] : [{ condition, margin }]))
    .toSorted((one, other) => one.margin - other.margin)[0];
  const judged = Math.max(0, ...activity.conditions.map((one) => one.judged));
  return [
    `${count(cost.runs, "run")} of ${count(blocks, "block")} were played, and ${count(cost.actions, "action")} took effect, through ${count(succeeded, "function")}. `,
    `Conditions were judged after ${count(judged, "block")}, and none was violated. `,
    closest === undefined
      ? ""
      : `The nearest that any came to breaking is ${closest.condition}, with a margin of ${format(percent(closest.margin))}. `,
    result.kind === "survived"
      ? "That says how far the search went, not that nothing can happen."
      : "That is neither a pass nor a failure.",
  ];
}
