import type { DiffOutcomes, DiffResult, DiffRun } from "./diff-result.js";
import type { PlayedSide } from "./play-side.js";
import type { RunLog } from "./run-log.js";

import { endOf, firstDivergence, isSameEnd, marginsOf } from "./divergence.js";

/** Compares what was played on both sides, as far as it was played on both. */
export function compareSides(
  one: PlayedSide,
  other: PlayedSide,
  { seed, files, seconds }: { readonly seed: number; readonly files: readonly string[]; readonly seconds: number },
): DiffResult {
  const saved = pairsOf(one.reproductions, other.reproductions).flatMap(([first, second], index) =>
    first === undefined || second === undefined
      ? []
      : [{ reproduction: files[index] ?? "", ...compared(first, second) }],
  );
  const runs = pairsOf(one.runs, other.runs).map(([first, second], index): DiffRun => {
    const ends = { run: index + 1, ...compared(first, second) };
    // the same calls say more than the same events, of which the other side may have made other calls
    const told =
      ends.one.kind === "broke"
        ? pairOf(first, other.retold.get(index))
        : ends.other.kind === "broke"
          ? pairOf(one.retold.get(index), second)
          : undefined;
    if (told === undefined || !isChanged(ends)) return ends;
    const { one: mine, other: its, first: difference, margins } = compared(...told);
    if (difference === undefined) return ends;
    return { ...ends, first: difference, margins, calls: { one: mine, other: its } };
  });
  const cut = one.cut ?? other.cut;
  return {
    kind: "diff",
    one: one.side,
    other: other.side,
    seed,
    runs: runs.length,
    outcomes: outcomesOf(runs),
    changed: [...saved, ...runs].filter(isChanged),
    diverged: runs.filter((run) => !isChanged(run) && run.first !== undefined).length,
    reproductions: saved.length,
    ...(cut === undefined ? {} : { cut }),
    seconds,
  };
}

function compared(one: RunLog, other: RunLog): DiffRun {
  return {
    one: endOf(one),
    other: endOf(other),
    first: firstDivergence(one, other),
    margins: marginsOf(one, other),
  };
}

function pairOf(one: RunLog | undefined, other: RunLog | undefined): readonly [RunLog, RunLog] | undefined {
  return one === undefined || other === undefined ? undefined : [one, other];
}

function isChanged({ one, other }: DiffRun): boolean {
  return !isSameEnd(one, other);
}

function outcomesOf(runs: readonly DiffRun[]): DiffOutcomes {
  const count = (is: (run: DiffRun) => boolean): number => runs.filter(is).length;
  return {
    bothSurvived: count(({ one, other }) => one.kind === "survived" && other.kind === "survived"),
    bothBroke: count((run) => run.one.kind === "broke" && !isChanged(run)),
    fixed: count(({ one, other }) => one.kind === "broke" && other.kind === "survived"),
    broken: count(({ one, other }) => one.kind === "survived" && other.kind === "broke"),
    otherwise: count((run) => run.one.kind === "broke" && run.other.kind === "broke" && isChanged(run)),
  };
}

function pairsOf<T>(one: readonly T[], other: readonly T[]): readonly (readonly [T, T])[] {
  return one.flatMap((first, index): (readonly [T, T])[] => {
    const second = other[index];
    return index >= other.length ? [] : [[first, second as T]];
  });
}
