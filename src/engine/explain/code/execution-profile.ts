import type { Hex } from "viem";

import type { SourceCode, Statement } from "../../../target/code/source-code.js";
import type { Frame, Happened, StatementEvent } from "./code-walk.js";

import { isUndone } from "./code-walk.js";

/** What one execution did at one statement. */
export interface StatementProfile {
  readonly statement: Statement;
  /** How often its first instruction, or another one, was executed. */
  count: number;
  /** The same without what was undone. */
  lasting: number;
  /** The index of the first transaction that reached it. */
  readonly places: Set<number>;
  /** The values that it wrote, by storage word: those that last. */
  readonly wrote: Map<string, Hex>;
  readonly read: Map<string, Hex>;
  /** Which ways it branched: `pc:taken`. */
  readonly branches: Set<string>;
  readonly computed: Set<string>;
  /** Whether it was entered while a call of the same contract was under way, or entered one so. */
  reentrant: boolean;
}

/** What one execution did, statement by statement. */
export class ExecutionProfile {
  readonly statements: Map<string, StatementProfile> = new Map<string, StatementProfile>();
  #transactions = 0;

  add(events: readonly StatementEvent[]): void {
    const place = this.#transactions++;
    const codes = new Map<SourceCode, Set<string>>();
    const own = new Map<string, StatementProfile>();
    const entries = new Map<Frame, string>();
    const of = (statement: Statement): StatementProfile => {
      const profile = own.get(statement.id) ?? emptyProfile(statement);
      own.set(statement.id, profile);
      return profile;
    };
    for (const { statement, frame, happened } of events) {
      const profile = of(statement);
      add(profile, happened, isUndone(frame));
      if (frame.isReentrant && !entries.has(frame)) entries.set(frame, statement.function);
      if (entries.get(frame) === statement.function) profile.reentrant = true;
      if (frame.code !== undefined) codes.set(frame.code, (codes.get(frame.code) ?? new Set()).add(statement.id));
    }
    for (const [code, executed] of codes) {
      for (const { statement, by } of code.impliedBy(executed)) {
        const like = own.get(by);
        if (like !== undefined && !own.has(statement.id)) own.set(statement.id, { ...like, statement });
      }
    }
    for (const profile of own.values()) this.#join(profile, place);
  }

  #join(one: StatementProfile, place: number): void {
    const all = this.statements.get(one.statement.id) ?? emptyProfile(one.statement);
    this.statements.set(one.statement.id, all);
    all.count += one.count;
    all.lasting += one.lasting;
    all.places.add(place);
    for (const [word, value] of one.wrote) all.wrote.set(word, value);
    for (const [word, value] of one.read) all.read.set(word, value);
    for (const branch of one.branches) all.branches.add(branch);
    for (const value of one.computed) all.computed.add(value);
    all.reentrant ||= one.reentrant;
  }
}

function emptyProfile(statement: Statement): StatementProfile {
  return {
    statement,
    count: 0,
    lasting: 0,
    places: new Set(),
    wrote: new Map(),
    read: new Map(),
    branches: new Set(),
    computed: new Set(),
    reentrant: false,
  };
}

function add(profile: StatementProfile, happened: Happened, undone: boolean): void {
  switch (happened.kind) {
    case "executed":
      profile.count += 1;
      if (!undone) profile.lasting += 1;
      break;
    case "wrote":
      if (!undone) profile.wrote.set(happened.word, happened.value);
      break;
    case "read":
      profile.read.set(happened.word, happened.value);
      break;
    case "branched":
      profile.branches.add(`${happened.pc}:${String(happened.taken)}`);
      break;
    case "computed":
      profile.computed.add(`${happened.pc}:${happened.value}`);
      break;
    case "re-entered":
      profile.reentrant = true;
  }
}
