import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";

import { withoutReactions } from "../events/trace.js";

/**
 * Whether one trace is smaller than another. What counts, in this order: steps, calls within them, blocks, the sizes of price
 * moves and other events, and the amounts of calls.
 */
export function isSmaller(one: Trace, other: Trace, kinds: EventKinds): boolean {
  const [sizes, others] = [sizesOf(one, kinds), sizesOf(other, kinds)];
  const at = sizes.findIndex((size, index) => size !== others[index]);
  return at >= 0 && (sizes[at] ?? 0) < (others[at] ?? 0);
}

function sizesOf(trace: Trace, kinds: EventKinds): readonly (number | bigint)[] {
  const { steps } = withoutReactions(trace);
  let inner = 0;
  let moved = 0;
  let amounts = 0n;
  for (const step of steps) {
    const { shrinks } = kinds.of(step);
    inner += shrinks.inner?.count(step) ?? 0;
    const size = shrinks.size?.of(step);
    if (shrinks.size !== undefined && size !== undefined) moved += Math.abs(size - shrinks.size.from);
    for (const { amount } of shrinks.amounts?.of(step) ?? []) amounts += amount < 0n ? -amount : amount;
  }
  return [steps.length, inner, trace.blocks, moved, amounts];
}
