import type { DiffEnd, DiffMargin, Divergence } from "./diff-result.js";
import type { LoggedBlock, RunLog } from "./run-log.js";

/** Margins that differ by less are the same: they are quotients. */
const CLOSE = 1e-9;

/** Where two logs of the same events first differ: in a call, then in a margin, then in how they end. */
export function firstDivergence(one: RunLog, other: RunLog): Divergence | undefined {
  let calls = 0;
  for (const [index, mine] of one.blocks.entries()) {
    const its = other.blocks[index];
    // a run ends at its violation
    if (its === undefined) break;
    const different = differentCall(mine, its, calls) ?? differentMargin(mine, its);
    if (different !== undefined) return different;
    calls += mine.calls.length;
  }
  const [first, second] = [endOf(one), endOf(other)];
  if (isSameEnd(first, second)) return undefined;
  const block = Math.min(one.blocks.length, other.blocks.length);
  return { block, kind: "end", one: endText(first), other: endText(second) };
}

/** How a run ended. */
export function endOf({ verdict }: RunLog): DiffEnd {
  if (verdict.kind === "survived") return { kind: "survived" };
  const { condition, cause, block, evidence } = verdict.violation;
  return { kind: "broke", condition, cause, block, summary: evidence.summary };
}

/** Whether two runs ended in the same way: both survived, or both broke of the same cause. */
export function isSameEnd(one: DiffEnd, other: DiffEnd): boolean {
  return one.kind === "survived" || other.kind === "survived" ? one.kind === other.kind : one.cause === other.cause;
}

/** The margins of both, of the conditions that tell any. */
export function marginsOf(one: RunLog, other: RunLog): readonly DiffMargin[] {
  const conditions = new Set([...one.blocks, ...other.blocks].flatMap(({ margins }) => [...margins.keys()]));
  const of = ({ blocks }: RunLog, condition: string): readonly (number | null)[] =>
    blocks.map(({ margins }) => margins.get(condition) ?? null);
  return [...conditions]
    .map((condition) => ({ condition, one: of(one, condition), other: of(other, condition) }))
    .filter((margin) => [...margin.one, ...margin.other].some((value) => value !== null));
}

function differentCall(one: LoggedBlock, other: LoggedBlock, before: number): Divergence | undefined {
  for (let at = 0; at < Math.max(one.calls.length, other.calls.length); at++) {
    const [mine, its] = [one.calls[at], other.calls[at]];
    if (mine?.key === its?.key) continue;
    const [first, second] = [mine?.text() ?? "nothing", its?.text() ?? "nothing"];
    return {
      block: one.block,
      kind: "call",
      call: before + at + 1,
      of: mine?.of ?? its?.of ?? "",
      one: first,
      other: first === second ? "the same, but for digits that are not shown" : second,
    };
  }
  return undefined;
}

function differentMargin(one: LoggedBlock, other: LoggedBlock): Divergence | undefined {
  for (const [condition, mine] of one.margins) {
    const its = other.margins.get(condition);
    // one that tells no margin is 0 where it is broken: that is how the run ends
    if (mine === undefined || its === undefined || Math.abs(mine - its) < CLOSE) continue;
    return { block: one.block, kind: "condition", of: condition, one: marginText(mine), other: marginText(its) };
  }
  return undefined;
}

function marginText(margin: number): string {
  return `margin ${Number(margin.toPrecision(4))}`;
}

function endText(end: DiffEnd): string {
  return end.kind === "survived" ? "survives" : `breaks ${end.condition}`;
}
