import type { AttackShape } from "./attack-shape.js";
import type { LENGTHS, PolicyTables, Row } from "./policy.js";

import { BEFORE, KINDS, LONGEST } from "./policy.js";

/** An attack that did harm, and how much it counts. */
export interface Elite {
  readonly shape: AttackShape;
  /** 1 for a violation, less for one that nearly was. */
  readonly weight: number;
}

/** How many calls what was known before weighs as much as. */
const BEFORE_WEIGHS = 6;

type Counts = Map<string, Map<string, number>>;

/**
 * The cross-entropy update: the distribution moves towards that of the attacks that did most harm, by maximum likelihood with the
 * distribution before as a Dirichlet prior, so that nothing becomes impossible.
 *
 * @see Rubinstein, "The cross-entropy method for combinatorial and continuous optimization", 1999; smoothing as in de Boer et al.,
 * "A tutorial on the cross-entropy method", 2005, section 2.3
 */
export function learnt(before: PolicyTables, elites: readonly Elite[]): PolicyTables {
  const counts = new Map<string, Counts>();
  const add = (table: string, by: string, name: string, weight: number): void => {
    const rows: Counts = counts.get(table) ?? new Map<string, Map<string, number>>();
    counts.set(table, rows);
    const row = rows.get(by) ?? new Map<string, number>();
    rows.set(by, row);
    row.set(name, (row.get(name) ?? 0) + weight);
  };
  for (const { shape, weight } of elites) {
    if (shape.length === 0) continue;
    add("length", "", String(Math.min(LONGEST, shape.length)), weight);
    let last = "start";
    for (const { kind, when, amount, rarity, place, repeat } of shape) {
      add("kind", last, kind, weight);
      add("when", kind, when, weight);
      add("amount", kind, amount, weight);
      add("rarity", kind, rarity, weight);
      add("place", kind, place, weight);
      add("repeat", kind, repeat, weight);
      last = kind;
    }
  }
  const row = <Name extends string>(known: Row<Name>, table: string, by: string): Row<Name> => {
    const seen = counts.get(table)?.get(by);
    if (seen === undefined) return known;
    const total = [...seen.values()].reduce((sum, one) => sum + one, 0);
    const names = Object.keys(known) as Name[];
    const mixed = names.map((name) => (BEFORE_WEIGHS * known[name] + (seen.get(name) ?? 0)) / (BEFORE_WEIGHS + total));
    return rounded(names, mixed);
  };
  const rows = <By extends string, Name extends string>(
    known: Readonly<Record<By, Row<Name>>>,
    table: string,
    by: readonly By[],
  ): Readonly<Record<By, Row<Name>>> =>
    Object.fromEntries(by.map((one) => [one, row(known[one], table, one)])) as Record<By, Row<Name>>;
  return {
    length: row<(typeof LENGTHS)[number]>(before.length, "length", ""),
    kind: rows(before.kind, "kind", BEFORE),
    when: rows(before.when, "when", KINDS),
    amount: rows(before.amount, "amount", KINDS),
    rarity: rows(before.rarity, "rarity", KINDS),
    place: rows(before.place, "place", KINDS),
    repeat: rows(before.repeat, "repeat", KINDS),
  };
}

const DIGITS = 1e9;

/** The same on every machine: to nine digits, the last name taking what rounding leaves. */
function rounded<Name extends string>(names: readonly Name[], values: readonly number[]): Row<Name> {
  const parts = values.map((value) => Math.round(value * DIGITS));
  const rest = DIGITS - parts.slice(0, -1).reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(
    names.map((name, at) => [name, (at === names.length - 1 ? Math.max(0, rest) : (parts[at] ?? 0)) / DIGITS]),
  ) as Row<Name>;
}
