import type { CallAmount } from "../events/kind.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";

import { stepOf } from "../events/trace.js";

/** An amount with its step. */
export interface PlacedAmount extends CallAmount {
  readonly step: number;
  /** The amount as its step identifies it. */
  readonly own: CallAmount;
}

/** All amounts of a trace. */
export function amountsOf({ steps }: Trace, kinds: EventKinds): readonly PlacedAmount[] {
  return steps.flatMap((step, index): readonly PlacedAmount[] =>
    (kinds.of(step).shrinks.amounts?.of(step) ?? []).map((own) => ({ ...own, own, step: index })),
  );
}

/** The trace with other amounts, none larger than its type allows. */
export function withAmounts(trace: Trace, amounts: ReadonlyMap<PlacedAmount, bigint>, kinds: EventKinds): Trace {
  const ofSteps = new Map<number, Map<CallAmount, bigint>>();
  for (const [{ step, own }, amount] of amounts) {
    const ofStep = ofSteps.get(step) ?? new Map<CallAmount, bigint>();
    ofSteps.set(step, ofStep.set(own, amount));
  }
  return {
    ...trace,
    steps: trace.steps.map((step, index) => {
      const changed = ofSteps.get(index);
      const made = changed === undefined ? undefined : kinds.of(step).shrinks.amounts?.with(step, changed);
      return made === undefined ? step : stepOf(made);
    }),
  };
}
