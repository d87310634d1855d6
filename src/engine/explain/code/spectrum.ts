import type { Statement } from "../../../target/code/source-code.js";
import type { StatementProfile } from "./execution-profile.js";
import type { Profiled } from "./play-profile.js";

/** How the executions of a failing run and its survivors differ at one statement. */
export interface StatementSpectrum {
  readonly statement: Statement;
  /** Whether a transaction of the failing run executes it, and is not undone. */
  readonly isExecuted: boolean;
  /** Whether what the conditions read after the failing run executes it. */
  readonly isRead: boolean;
  /** Whether it writes to storage. */
  readonly isWriting: boolean;
  /** Of each survivor: whether it executes the statement as the failing run does, in transactions or, failing that, in reads. */
  readonly inSurvivors: readonly boolean[];
  /** Of each survivor: whether it executes it with the same values and branches. */
  readonly alike: readonly boolean[];
}

/** The spectrum of a failing run, in the order of execution. */
export function spectrumOf(failing: Profiled, survivors: readonly Profiled[]): readonly StatementSpectrum[] {
  const { profile, views } = failing;
  const all = new Map([...views.statements, ...profile.statements]);
  // what transactions execute comes first
  const order = [...new Set([...profile.statements.keys(), ...views.statements.keys()])];
  return order.flatMap((id): StatementSpectrum[] => {
    const statement = all.get(id)?.statement;
    if (statement === undefined || statement.isDependency) return [];
    const own = profile.statements.get(id);
    const read = views.statements.get(id);
    const isExecuted = lasts(own);
    const of = (survivor: Profiled): StatementProfile | undefined =>
      (isExecuted ? survivor.profile : survivor.views).statements.get(id);
    return [
      {
        statement,
        isExecuted,
        isRead: read !== undefined,
        isWriting: own !== undefined && own.wrote.size > 0,
        inSurvivors: survivors.map((survivor) => lasts(of(survivor))),
        alike: survivors.map((survivor) => isAlike(isExecuted ? own : read, of(survivor))),
      },
    ];
  });
}

/** Ochiai's coefficient of a statement that the only failing run executes: 1 if no survivor executes it. */
export function ochiai(inSurvivors: readonly boolean[]): number {
  return 1 / Math.sqrt(1 + inSurvivors.filter(Boolean).length);
}

/** A coefficient as it is kept. */
export function rounded(score: number): number {
  return Number(score.toFixed(3));
}

function lasts(profile: StatementProfile | undefined): boolean {
  return profile !== undefined && profile.lasting > 0;
}

function isAlike(one: StatementProfile | undefined, other: StatementProfile | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.lasting === other.lasting &&
    sameMembers(one.branches, other.branches) &&
    sameMembers(one.computed, other.computed) &&
    sameEntries(one.read, other.read) &&
    sameEntries(one.wrote, other.wrote)
  );
}

function sameMembers(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}

function sameEntries(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
