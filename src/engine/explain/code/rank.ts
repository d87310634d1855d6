import type { Statement } from "../../../target/code/source-code.js";
import type { StatementSpectrum } from "./spectrum.js";

import { grouped } from "../../../quantity/grouped.js";

import { ochiai } from "./spectrum.js";

/** A statement with its place among the others. */
export interface RankedStatement {
  readonly spectrum: StatementSpectrum;
  /** See {@link ochiai}. */
  readonly score: number;
}

/**
 * One statement of each function, the most suspicious function first. Functions are compared by the Ochiai coefficient of their
 * statements, in transactions or in the violated condition's read. Of those that it does not tell apart,
 *
 * 1. libraries come after contracts: their code is there for many;
 * 2. where a contract is entered again while a call of it is under way comes first;
 * 3. what a step calls itself, and what the cause names, comes last, for they are named already;
 * 4. what only computes on its arguments comes after what reads the state or decides by a setting;
 * 5. what the condition's read does not execute comes after what it does;
 * 6. what begins earlier comes after what begins later: a caller after what it calls.
 *
 * @param named - the functions that the report names already
 */
export function rankStatements(
  spectra: readonly StatementSpectrum[],
  named: ReadonlySet<string>,
): readonly RankedStatement[] {
  const entries = spectra.map((spectrum, order) => ({ spectrum, order, score: ochiai(spectrum.inSurvivors) }));
  return [...grouped(entries, ({ spectrum: { statement } }) => functionKey(statement)).values()]
    .map((own) => candidate(own, named))
    .sort((one, other) => compare(one.rank, other.rank))
    .map(({ point }) => point);
}

interface Entry extends RankedStatement {
  /** In the order of execution. */
  readonly order: number;
}

/** A function with what ranks it: the smaller the numbers, the more suspicious, the first first. */
interface Candidate {
  readonly rank: readonly number[];
  readonly point: Entry;
}

function candidate(entries: readonly Entry[], named: ReadonlySet<string>): Candidate {
  const score = Math.max(...entries.map((entry) => entry.score));
  const best = entries.filter((entry) => entry.score === score);
  const point = sayingMost(best);
  const { isShared, isArithmetic, function: name } = point.spectrum.statement;
  const isReentrant = entries.some(({ spectrum }) => spectrum.isReentrant);
  const isRead = entries.some(({ spectrum }) => spectrum.isRead);
  const begins = Math.min(...best.map(({ order }) => order));
  const later = [isShared, !isReentrant, named.has(name), isArithmetic, !isRead].map(Number);
  return { rank: [-score, ...later, -begins], point };
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one.map((value, index) => value - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function functionKey({ file, contract, function: name }: Statement): string {
  return `${file}:${contract}.${name}`;
}

/** Of a function's statements with the same score, the last that writes to storage, or else the last. */
function sayingMost(entries: readonly Entry[]): Entry {
  const writing = entries.filter(({ spectrum }) => spectrum.isWriting);
  const [first, ...rest] = writing.length > 0 ? writing : entries;
  if (first === undefined) throw new RangeError("no statement has its own score");
  return rest.reduce((latest, entry) => (entry.order > latest.order ? entry : latest), first);
}
