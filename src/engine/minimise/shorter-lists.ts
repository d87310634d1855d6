import type { CallList } from "../events/kind.js";
import type { Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";

import { reduce } from "./reduce.js";

/** Leaves out elements of the lists in calls' arguments, in chunks and one by one. */
export const shorterLists: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    // a list that became shorter has changed those inside it, and what is as long as it
    for (let tried = 0; ; tried++) {
      const list = listsOf(current, index, trial)[tried];
      if (list === undefined) break;
      current = await shortened(current, index, list, trial);
    }
  }
  return current;
};

function listsOf({ steps }: Trace, index: number, { kinds }: Trial): readonly CallList[] {
  const step = steps[index];
  return step === undefined ? [] : (kinds.of(step).shrinks.lists?.of(step) ?? []);
}

async function shortened(from: Trace, index: number, list: CallList, trial: Trial): Promise<Trace> {
  const step = from.steps[index];
  const lists = step === undefined ? undefined : trial.kinds.of(step).shrinks.lists;
  if (step === undefined || lists === undefined) return from;
  let best = from;
  await reduce(
    Array.from({ length: list.length }, (_item, place) => place),
    async (places) => {
      if (places.length === list.length) return true;
      const played = await trial.trace(withStep(from, step, lists.keeping(step, list, places)));
      best = played ?? best;
      return played !== undefined;
    },
  );
  return best;
}
