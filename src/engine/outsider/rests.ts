import type { CallStep, Trace } from "../events/trace.js";

/** A pause that others could act in, and the block behind which it begins. */
export interface Rest {
  readonly behind: number;
  readonly seconds: number;
}

/** The pauses of a trace. Before its first block there is nothing that others could take. */
export function restsIn({ steps }: Pick<Trace, "steps">): readonly Rest[] {
  const rests = new Map<number, number>();
  for (const step of steps) {
    if (step.kind !== "pause" || !("seconds" in step) || step.block < 2) continue;
    rests.set(step.block - 1, (rests.get(step.block - 1) ?? 0) + step.seconds);
  }
  return [...rests].map(([behind, seconds]) => ({ behind, seconds }));
}

/** The same without its pauses. */
export function withoutPauses(trace: Trace): Trace {
  return { ...trace, steps: trace.steps.filter(({ kind }) => kind !== "pause") };
}

/** The sequence with calls just before a pause. */
export function withCalls(trace: Trace, made: readonly CallStep[], { behind }: Rest): Trace {
  const place = trace.steps.findLastIndex(({ block }) => block <= behind) + 1;
  return { ...trace, steps: [...trace.steps.slice(0, place), ...made, ...trace.steps.slice(place)] };
}

/** The sequence up to a pause. */
export function until(trace: Trace, { behind }: Rest): Trace {
  return { ...trace, steps: trace.steps.filter(({ block }) => block <= behind), blocks: behind };
}
