import type { AbiFunction } from "viem";

import type { Trace } from "../../events/trace.js";

import { partsIn } from "../../run/call-tree.js";

/** The functions that the steps of a trace call. */
export function calledFunctions({ steps }: Trace): readonly AbiFunction[] {
  return steps.flatMap((step) =>
    step.kind === "call" ? [step, ...partsIn(step.inner)].map(({ function: item }) => item) : [],
  );
}
