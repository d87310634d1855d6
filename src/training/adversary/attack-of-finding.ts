import type { Activity } from "../../engine/activity/activity.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { InnerCallData } from "../../engine/events/call-data.js";
import type { CallData, StepDescription } from "../../engine/events/step-description.js";
import type { AttackShape, CallShape } from "./attack-shape.js";
import type { When } from "./policy.js";

import { isMomentous } from "../../engine/events/price-move.js";
import { PPM } from "../../quantity/ppm.js";

import { kindOf, rarityOf } from "./attack-shape.js";

/** Parts per million of a per cent. */
const PPM_OF_PERCENT = PPM / 100;

/**
 * The features of a minimal attack: all of its calls were needed. What policies and honest agents did is no part of it.
 *
 * @param activity - of its campaign, for how often functions succeed
 */
export function attackOf({ steps, trace, genome }: Finding, activity: Activity): AttackShape {
  const counts = activity.calls.map(({ succeeded }) => succeeded).filter((count) => count > 0);
  const moments = steps.flatMap((step) => {
    const what = momentOf(step);
    return what === undefined ? [] : [{ block: step.block, what }];
  });
  const seen = new Set<string>();
  const shape: CallShape[] = [];
  for (const step of steps) {
    const { data } = step;
    if (data.kind !== "call" || step.reaction === true) continue;
    const played = trace.steps[step.step];
    if (played?.kind === "call" && "policy" in played) continue;
    const { effect, function: called } = data;
    if (effect?.reverted === true) continue;
    const before = moments.findLast(({ block }) => block <= step.block);
    const when: When = before?.what ?? (moments.length > 0 ? "before" : "flat");
    const move = genome.moves.find(({ agent, action }) => agent === step.actor && action.endsWith(`.${called}`));
    const all = [called, ...functionsInside(data)];
    for (const [at, name] of all.entries()) {
      const succeeded = activity.calls.find((one) => one.function.endsWith(`.${name}`))?.succeeded ?? 0;
      shape.push({
        // what a call in a callback moves is not told apart from the call around it
        kind: kindOf({ ...flowOf(data), succeeded: true }),
        when,
        amount: move?.extent === "most" ? "most" : "any",
        rarity: rarityOf(succeeded, counts),
        place: at === 0 ? "outside" : "inside",
        repeat: seen.has(name) ? "same" : "other",
      });
      seen.add(name);
    }
  }
  return shape;
}

/** The functions that are called in the callbacks of a call. */
function functionsInside({ inside }: InnerCallData): readonly string[] {
  return (inside?.calls ?? []).flatMap((one) => [one.function, ...functionsInside(one)]);
}

function flowOf({ effect, value }: CallData): { readonly pays: boolean; readonly gets: boolean } {
  const changes = effect?.changes ?? [];
  return {
    pays: changes.some((change) => change.value < 0n) || value > 0n,
    gets: changes.some((change) => change.value > 0n),
  };
}

function momentOf({ data }: StepDescription): Exclude<When, "before" | "flat"> | undefined {
  if (data.kind === "pause") return "pause";
  if (data.kind !== "market" || !isMomentous(data.change.value * PPM_OF_PERCENT)) return undefined;
  return data.change.value < 0 ? "fall" : "rise";
}
