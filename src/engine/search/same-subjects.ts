import type { Random } from "../../market/random.js";
import type { Subject } from "../../protocols/action.js";

import { PPM } from "../../quantity/ppm.js";
import { isSameThing } from "../../target/arguments/name-words.js";

/** What a move says, as far as it matters here. */
export interface Said {
  readonly subjects: readonly Subject[];
  readonly operands: readonly number[];
}

/** Of 100 positions, those in which each move says for itself what it is about. */
const APART = 30;

/** Of 100 subjects that a move before named, those that are the same again. */
const SAME = 85;

/** Of 100 ids that are named first, those that are small numbers, which mean the same in every block: what was seen last does not. */
const SMALL = 40;

/** Words that only say that something is a number. */
const NUMBERED = new Set(["id", "index", "idx", "number", "no", "key"]);

interface Named extends Subject {
  readonly said: readonly number[];
}

/**
 * The operands of moves that belong together, mostly about the same things: what is deposited into account 2 is lent to account 2. A
 * move that names two of a kind, from one account to another, names the second of them, too.
 */
export function aboutTheSame(moves: readonly Said[], random: Random): readonly (readonly number[])[] {
  if (random.integer(0, 99) < APART) return moves.map(({ operands }) => operands);
  const named: Named[] = [];
  return moves.map(({ subjects, operands }) => {
    if (subjects.length === 0) return operands;
    const own = [...operands];
    const taken: Named[] = [];
    for (const subject of subjects) {
      const known = named.filter((one) => isAboutTheSame(one, subject) && !taken.includes(one));
      const isKnown = known.length > 0 && random.integer(0, 99) < SAME;
      const one = isKnown ? random.pick(known) : { ...subject, said: firstSaid(subject, operands, random) };
      if (!isKnown) named.push(one);
      taken.push(one);
      own.splice(subject.at, subject.operands, ...one.said);
    }
    return own;
  });
}

function firstSaid({ at, operands: count, kind }: Subject, operands: readonly number[], random: Random): number[] {
  const said = operands.slice(at, at + count);
  // the first kind of an id is a small number
  return kind === "id" && random.integer(0, 99) < SMALL ? [0, random.integer(0, PPM), ...said.slice(2)] : said;
}

function isAboutTheSame(one: Subject, other: Subject): boolean {
  if (one.kind !== other.kind || one.operands !== other.operands) return false;
  if (isSameThing(one.words, other.words)) return true;
  const [last, otherLast] = [one, other].map(({ words }) => words.findLast((word) => !NUMBERED.has(word)));
  return one.kind === "id" && last !== undefined && last === otherLast;
}
