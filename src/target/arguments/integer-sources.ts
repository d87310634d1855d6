import type { AbiParameter, Address } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";
import type { Role } from "./role.js";

/** Where an integer comes from. */
type Source =
  | "most"
  | "least"
  | "held"
  | "known"
  | "seen"
  | "hash"
  | "used"
  | "own"
  | "theirs"
  | "told"
  | "large"
  | "stored"
  | "last"
  | "small"
  | "member"
  | "power"
  | "constant"
  | "time"
  | "span"
  | "price"
  | "days"
  | "max"
  | "zero";

/** How often a source is drawn, by the parameter's role. */
const WEIGHTS: Readonly<Record<Role, Partial<Record<Source, number>>>> = {
  amount: {
    most: 48,
    least: 12,
    held: 13,
    known: 13,
    seen: 3,
    used: 4,
    small: 5,
    power: 4,
    constant: 4,
    time: 1,
    max: 4,
  },
  id: { small: 24, used: 24, seen: 14, last: 16, known: 10, constant: 6, zero: 4, most: 4, held: 2, time: 2 },
  time: { time: 56, span: 10, known: 16, small: 8, max: 6, constant: 4 },
  duration: { span: 54, used: 8, constant: 12, known: 12, time: 6, small: 6, max: 4 },
  days: { days: 70, small: 16, known: 8, constant: 6 },
  price: { price: 32, used: 14, small: 8, most: 22, least: 8, known: 8, seen: 4, constant: 2, max: 2 },
  floor: { zero: 70, small: 10, held: 10, known: 10 },
  ceiling: { max: 60, most: 15, held: 10, known: 10, small: 5 },
  member: { member: 1 },
  small: { small: 42, used: 12, known: 12, power: 16, constant: 10, max: 5, seen: 5 },
};

/** The weight of hashes among ids, where events or calls told any. */
const HASHED = 60;

/** The weight of ids that the caller's own calls named or told of. */
const OWN = 30;

/** The weight of what is known of an account that the call names beside the number. */
const THEIRS: Partial<Record<Role, number>> = { amount: 34, id: 16 };

/** The weight of large numbers that events and return values call by the parameter's name. */
const TOLD = 16;

/** Roles that are never a large number. */
const NEVER_LARGE: ReadonlySet<Role> = new Set<Role>(["time", "duration", "days", "member", "small"]);

/** The weight of large numbers whatever they are called. */
const LARGE: Partial<Record<Role, number>> = { id: 12, price: 10 };

/** Bits from which on a parameter may be a large number. */
const LARGE_BITS = 128;

/** The weight of what contracts' storage holds and nothing else tells. */
const STORED: Partial<Record<Role, number>> = { amount: 5, id: 6, duration: 6, price: 5, small: 8, time: 4 };

/** How often each source is drawn: the usual ones of a role, and others where there is anything to draw from. */
export function weightsOf(
  parameter: AbiParameter,
  role: Role,
  bits: number,
  { theirs, known, self }: { readonly theirs: readonly bigint[]; readonly known: KnownValues; readonly self: Address },
): Readonly<Record<Source, number>> {
  const isWide = bits >= LARGE_BITS && !NEVER_LARGE.has(role);
  const more: readonly (readonly [Source, number | undefined, boolean])[] = [
    ["hash", HASHED, role === "id" && bits === 256 && known.hashes.length > 0],
    ["theirs", THEIRS[role], theirs.length > 0],
    ["told", TOLD, isWide && toldAs(parameter, known).length > 0],
    ["large", LARGE[role], isWide && known.large.length > 0],
    ["stored", STORED[role], known.stored.length > 0],
  ];
  const drawn = more.filter(([, weight, exists]) => exists && weight !== undefined);
  const hasOwn = role === "id" && known.own(self).length > 0;
  const key = [hasOwn, role, ...drawn.map(([source]) => source)].join(" ");
  const weights = made.get(key) ?? {
    // the first is drawn by an operand of 0
    ...(hasOwn ? { own: OWN } : {}),
    ...WEIGHTS[role],
    ...Object.fromEntries(drawn.map(([source, weight = 0]) => [source, weight] as const)),
  };
  made.set(key, weights);
  // whatever is missing is never drawn
  return weights as Record<Source, number>;
}

/** Weights that were put together, by the role and by what it has to draw from: every integer of every call asks for them. */
const made = new Map<string, Partial<Record<Source, number>>>();

/** Large numbers that go by a parameter's name. */
export function toldAs({ name = "" }: AbiParameter, known: KnownValues): readonly bigint[] {
  return name === "" ? [] : known.told(name);
}

/** Sources whose values depend on the parameter. */
export type SpecificSource = "used" | "own" | "theirs" | "told" | "member";

/** Sources that are the same for every parameter of a role. */
export type GuessedSource = Exclude<Source, SpecificSource>;

export function isGuessed(source: Source): source is GuessedSource {
  return source !== "used" && source !== "own" && source !== "theirs" && source !== "told" && source !== "member";
}
