import type { StatementSpectrum } from "./spectrum.js";

import { ochiai } from "./spectrum.js";

/** A statement with its place among the others. */
export interface RankedStatement {
  readonly spectrum: StatementSpectrum;
  /** See {@link ochiai}. */
  readonly score: number;
}

/**
 * One statement of each function, the most suspicious function first. Functions are compared by the Ochiai coefficient of their
 * statements. Of those that it does not tell apart, libraries come after contracts (their code is there for many); what a step calls itself comes after what that calls (the list of steps names
 * it already), what the conditions' reads do not execute after what they do, and what is executed earlier after what comes later.
 *
 * @param called - the functions that the steps call
 */
export function rankStatements(
  spectra: readonly StatementSpectrum[],
  called: ReadonlySet<string>,
): readonly RankedStatement[] {
  const executed = spectra.filter(({ isExecuted }) => isExecuted);
  // a price that moves, and nobody who acts: all there is to see is what the conditions read
  const seen = executed.length > 0 ? executed : spectra.filter(({ isRead }) => isRead);
  const entries = seen.map((spectrum, order) => ({ spectrum, order, score: ochiai(spectrum.inSurvivors) }));
  const inner = ({ spectrum: { statement } }: Entry): number => (called.has(statement.function) ? 0 : 1);
  const shared = ({ spectrum: { statement } }: Entry): number => Number(statement.isShared);
  const byRank = (one: Entry, other: Entry): number =>
    other.score - one.score ||
    shared(one) - shared(other) ||
    inner(other) - inner(one) ||
    Number(other.spectrum.isRead) - Number(one.spectrum.isRead) ||
    other.order - one.order;
  const best = new Map<string, Entry>();
  const ranked = entries.toSorted(byRank);
  for (const entry of ranked) {
    const { statement } = entry.spectrum;
    const key = `${statement.file}:${statement.contract}.${statement.function}`;
    if (!best.has(key)) best.set(key, sayingMost(ranked, entry));
  }
  return [...best.values()];
}

interface Entry extends RankedStatement {
  /** In the order of execution. */
  readonly order: number;
}

/** Of a function's statements with the same score, the last that writes to storage, or else the last. */
function sayingMost(entries: readonly Entry[], { spectrum: { statement }, score }: Entry): Entry {
  const same = entries.filter(
    ({ spectrum: { statement: other }, score: own }) =>
      own === score &&
      other.file === statement.file &&
      other.contract === statement.contract &&
      other.function === statement.function,
  );
  const writing = same.filter(({ spectrum }) => spectrum.isWriting);
  const [first, ...rest] = writing.length > 0 ? writing : same;
  if (first === undefined) throw new RangeError("no statement has its own score");
  return rest.reduce((latest, entry) => (entry.order > latest.order ? entry : latest), first);
}
