import type { Statement } from "../../../target/code/source-code.js";
import type { ExecutionProfile, StatementProfile } from "./execution-profile.js";
import type { Profiled } from "./play-profile.js";

/**
 * How the executions of a failing run and its survivors differ at one statement, in transactions or in the read on which the
 * violated condition is judged. What is undone counts in that read alone: it is where a condition sees that a call reverts.
 */
export interface StatementSpectrum {
  readonly statement: Statement;
  readonly in: "transactions" | "read";
  /** Whether the read after the failing run executes it, be it what this is about or not. */
  readonly isRead: boolean;
  /** Whether it writes to storage. */
  readonly isWriting: boolean;
  /** Whether it is where a contract is entered again, see {@link StatementProfile}. */
  readonly isReentrant: boolean;
  /** Of each survivor: whether it executes the statement, too. */
  readonly inSurvivors: readonly boolean[];
  /** Of each survivor: whether it executes it with the same values and branches. */
  readonly alike: readonly boolean[];
}

/** The spectrum of a failing run, in the order of execution: the condition is judged last. */
export function spectrumOf(failing: Profiled, survivors: readonly Profiled[]): readonly StatementSpectrum[] {
  const { profile, read } = failing;
  const part = (
    where: StatementSpectrum["in"],
    of: (run: Profiled) => ExecutionProfile,
    isExecuted: (one: StatementProfile | undefined) => boolean,
  ): readonly StatementSpectrum[] =>
    [...of(failing).statements].flatMap(([id, own]): StatementSpectrum[] => {
      if (own.statement.isDependency || !isExecuted(own)) return [];
      const others = survivors.map((survivor) => of(survivor).statements.get(id));
      return [
        {
          statement: own.statement,
          in: where,
          isRead: read.statements.has(id),
          isWriting: where === "transactions" && own.wrote.size > 0,
          isReentrant: own.reentrant || profile.statements.get(id)?.reentrant === true,
          inSurvivors: others.map(isExecuted),
          alike: others.map((other) => isAlike(own, other)),
        },
      ];
    });
  return [
    ...part("transactions", (run) => run.profile, lasts),
    ...part(
      "read",
      (run) => run.read,
      (one) => one !== undefined,
    ),
  ];
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
