import type { TellingContext } from "../events/kind.js";
import type { EventData } from "../events/place.js";
import type { StepData, StepDescription } from "../events/step-description.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Threshold } from "../minimise/certificate.js";
import type { CallEffect } from "../reproduction/effect.js";
import type { World } from "../world/world.js";

import { kindsOf } from "../events/kinds.js";
import { isReaction } from "../events/trace.js";

import { namesIn } from "./created-names.js";

/** Describes the steps of a trace as data (named addresses, amounts with units, thresholds) and in sentences made from it. */
export function describeSteps(
  world: World,
  trace: Trace,
  effects: ReadonlyMap<number, CallEffect>,
  thresholds: readonly Threshold[],
): readonly StepDescription[] {
  const nameOf = namesIn(world, trace);
  return trace.steps.map((step, index) => ({
    step: index,
    block: step.block,
    ...("again" in step ? { again: true as const } : {}),
    ...(isReaction(step) ? { reaction: true as const } : {}),
    ...describeStep(
      { ...world, nameOf },
      step,
      effects.get(index),
      thresholds.find((threshold) => threshold.step === index),
    ),
  }));
}

function describeStep(
  world: World & Pick<TellingContext, "nameOf">,
  step: TraceStep,
  effect: CallEffect | undefined,
  threshold: Threshold | undefined,
): Pick<StepDescription, "actor" | "action" | "consequence" | "inner" | "data"> {
  const { tells } = kindsOf(world).of(step);
  const context: TellingContext = {
    nameOf: world.nameOf,
    token: (address) => world.tokens.known(address),
    assetOf: (vault) => world.tokens.assetOf(vault),
    account: (name) => world.frame.accounts.get(name),
    effect,
    threshold,
  };
  const data = tells.data(step, context);
  return { actor: tells.actor(step), ...tells.words(data), data: dataOf(data) };
}

/** Restores the type of the data, which its kind hides. */
function dataOf(made: EventData): StepData {
  return made as StepData;
}
