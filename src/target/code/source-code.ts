import type { Hex } from "viem";

/** A statement of the project's sources. */
export interface Statement {
  /** Tells it apart from all others of the project. */
  readonly id: string;
  /** The contract or library in which it is written; empty outside of all. */
  readonly contract: string;
  /** The file, relative to the project's root; of a package, its import path. */
  readonly file: string;
  /** Whether the file is of a package that the project has installed. */
  readonly isDependency: boolean;
  /** Whether it is in a library or outside of all contracts: such code is there for many. */
  readonly isShared: boolean;
  /** Whether its function does nothing but compute on its arguments: it is pure and has some. */
  readonly isArithmetic: boolean;
  /** `_seize`, `constructor`, `receive`; empty if it is outside of all functions. */
  readonly function: string;
  /** Where it begins, both counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Where it ends; of a branch or a loop, where its condition does. */
  readonly endLine: number;
  /** The source of its first line, without the space around it. */
  readonly excerpt: string;
}

/** A statement whose execution follows from that of another one. */
export interface Implied {
  readonly statement: Statement;
  /** The id of the one that it follows from. */
  readonly by: string;
}

/** The source of one contract, by its deployed code. */
export interface SourceCode {
  readonly contract: string;
  /** The statement of which an instruction is a part; `undefined` for what the compiler adds. */
  statementAt(pc: number): Statement | undefined;
  /**
   * Whether a call with this selector can run a statement: the optimiser lets functions share instructions, which are then those
   * of the wrong one for some.
   *
   * @param selector - eight hexadecimal digits
   */
  isReachable(statement: Statement, selector: string): boolean;
  /**
   * Statements that were executed although no instruction of theirs was: the optimiser has left none, or those that it left are
   * shared with others.
   *
   * @param executed - ids of the statements of which instructions were executed
   */
  impliedBy(executed: ReadonlySet<string>): readonly Implied[];
}

/** The sources of a project. */
export interface SourceBook {
  /** @returns `undefined` if the code is of none of the project's contracts */
  of(code: Hex): Promise<SourceCode | undefined>;
}
