import type { Random } from "../../market/random.js";
import type { Subject } from "../../protocols/action.js";

import { PPM } from "../../quantity/ppm.js";
import { isSameThing } from "../../target/arguments/name-words.js";

/** What a move says, as far as it matters here. */
export interface Said {
  readonly subjects: readonly Subject[];
  readonly operands: readonly number[];
  /** Set if it is about something else than the others. */
  readonly isOther?: boolean | undefined;
}

/** Of 100 positions, those in which each move says for itself what it is about. */
const APART = 25;

/** And of those about two of a kind. */
const APART_OF_TWO = 10;

/** Of 100 subjects that a move before named, those that are the same again. */
const SAME = 85;

/**
 * Of 100 ids that are named first, those that are the agent's own by number, or small numbers before it has any. They mean the same in
 * every block: what was seen last does not.
 */
const LASTING = 55;

/** Words that only say that something is a number, or which of two. */
const OF_NOTHING = new Set([
  ...["id", "index", "idx", "number", "no", "key"],
  ...["from", "to", "src", "dst", "in", "out", "source", "destination", "first", "second"],
]);

interface Named extends Subject {
  readonly said: readonly number[];
  /** Whether moves about something else named it. */
  readonly isOther: boolean;
}

/**
 * The operands of moves that belong together, mostly about the same things: what is deposited into account 2 is lent to account 2. A
 * move that names two of a kind, from one account to another, names the second of them, too.
 */
export function aboutTheSame(moves: readonly Said[], random: Random): readonly (readonly number[])[] {
  const isOfTwo = moves.some(({ isOther }) => isOther === true);
  if (random.integer(0, 99) < (isOfTwo ? APART_OF_TWO : APART)) return moves.map(({ operands }) => operands);
  const named: Named[] = [];
  return moves.map(({ subjects, operands, isOther = false }) => {
    if (subjects.length === 0) return operands;
    const own = [...operands];
    const taken: Named[] = [];
    for (const subject of subjects) {
      const known = named.filter((one) => isAboutTheSame(one, subject) && !taken.includes(one));
      const fitting = isOther ? known.filter((one) => one.isOther) : known;
      const isKnown = fitting.length > 0 && random.integer(0, 99) < SAME;
      const one = isKnown ? random.pick(fitting) : { ...subject, isOther, said: firstSaid(subject, operands, random) };
      if (!isKnown) named.push(one);
      taken.push(one);
      own.splice(subject.at, subject.operands, ...one.said);
    }
    return own;
  });
}

/** Whether a function names two things of a kind: from one account to another. */
export function namesTwo(subjects: readonly Subject[]): boolean {
  return subjects.some((one, at) => subjects.slice(at + 1).some((other) => isAboutTheSame(one, other)));
}

function firstSaid({ at, operands: count, kind }: Subject, operands: readonly number[], random: Random): number[] {
  const said = operands.slice(at, at + count);
  // an operand of 0 draws the first source
  return kind === "id" && random.integer(0, 99) < LASTING ? [0, random.integer(0, PPM), ...said.slice(2)] : said;
}

function isAboutTheSame(one: Subject, other: Subject): boolean {
  if (one.kind !== other.kind || one.operands !== other.operands) return false;
  if (isSameThing(one.words, other.words)) return true;
  if (one.kind !== "id") return false;
  const [what, otherWhat] = [one, other].map(({ words }) => words.findLast((word) => !OF_NOTHING.has(word)));
  return what === undefined || otherWhat === undefined || what === otherWhat;
}
