import type { StepDescription } from "../../events/step-description.js";
import type { TraceStep } from "../../events/trace.js";
import type { NearestSurvivor } from "./nearest-survivors.js";

/** The most conditions that one point names. */
const MOST = 2;

/**
 * The conditions on the market or the chain without which a statement behaves otherwise: those steps that no agent takes in the
 * target itself, whose nearest survivor does not execute it in the same way.
 *
 * @param differs - of each survivor: whether it does otherwise
 * @param steps - the descriptions of the minimal trace's steps, by index
 * @returns `undefined` if there is none
 */
export function openedBy(
  survivors: readonly Pick<NearestSurvivor, "step">[],
  differs: readonly boolean[],
  steps: ReadonlyMap<number, StepDescription>,
): string | undefined {
  const opening = new Set(survivors.flatMap(({ step }, index) => (differs[index] === true ? [step] : [])));
  const words = [...opening]
    .sort((one, other) => one - other)
    .flatMap((index) => {
      const step = steps.get(index);
      return step === undefined || !isOfTheMarket(step.data.kind) ? [] : [wordsOf(step)];
    });
  return words.length === 0 ? undefined : words.slice(0, MOST).join(", ");
}

/** What happens to everybody: a call is what somebody does. */
function isOfTheMarket(kind: TraceStep["kind"]): boolean {
  return kind !== "call";
}

/** `ETH falls 34.8 % (34.7 % survives)`, `ETH feed publishes nothing for 4 blocks` */
function wordsOf({ actor, action, consequence }: StepDescription): string {
  const who = actor === "market" ? "" : `${actor} `;
  return `${who}${action}${consequence?.startsWith("(") === true ? ` ${consequence}` : ""}`;
}
