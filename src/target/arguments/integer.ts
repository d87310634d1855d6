import type { AbiParameter } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";
import type { Way } from "../../protocols/open-amount.js";
import type { Beside } from "./beside.js";
import type { GuessedSource, SpecificSource } from "./integer-sources.js";
import type { Surroundings } from "./surroundings.js";

import { PPM } from "../../quantity/ppm.js";
import { choose, fraction } from "../../quantity/share.js";
import { enumOf } from "../enum-calls.js";

import { amountsToTry, held } from "./amounts.js";
import { oneOfTheirs, theirNumbers } from "./beside.js";
import { isGuessed, toldAs, weightsOf } from "./integer-sources.js";
import { Operands } from "./operands.js";
import { roleOf } from "./role.js";

/** Seconds from now: moments that contracts and people name. */
const DURATIONS = [0, 1, 12, 60, 600, 3_600, 86_400, 604_800, 2_592_000, 31_536_000];

/** Days that terms are made of. */
const TERMS = [1, 2, 3, 7, 14, 30, 60, 90, 180, 365];

const DAY = 86_400;

/** Terms, seconds: mostly whole days. */
const SPANS = [1, 60, 3_600, 43_200, ...TERMS.map((days) => days * DAY)];

/** Counts are below this. */
const MOST_COUNT = 100_000n;

const BIPS = [1n, 10n, 100n, 500n, 1_000n, 5_000n, 9_000n, 10_000n];
const POWERS = [...BIPS, 10n ** 6n, 10n ** 8n, 10n ** 18n, 10n ** 27n, 2n ** 96n];

/** Small numbers, the smallest most often. */
const SMALL = [0n, 0n, 0n, 1n, 1n, 1n, 1n, 2n, 2n, 2n, 3n, 3n, 4n, 5n, 6n, 7n, 8n, 10n, 12n, 20n, 30n];

/** Members of an enum, whose number an ABI does not tell: most have two to five, and a call with another is refused. */
const MEMBERS = [0n, 0n, 0n, 1n, 1n, 1n, 2n, 2n, 2n, 3n, 3n, 4n, 5n, 6n, 7n];

/** Places among the caller's own things, in the order in which it came by them. */
const PLACES = [0, 0, 1, 1, 2, 3];

/** Operands of an integer. */
export const INTEGER_OPERANDS = 3;

/** Builds an integer argument. An amount that is left to the state is noted in `surroundings.open`. */
export function integer(
  parameter: AbiParameter,
  operands: Operands,
  surroundings: Surroundings,
  place: { readonly way: Way; readonly isLast: boolean; readonly beside: Beside },
): bigint | number {
  const [, kind, size = ""] = /^(u?int)(\d*)$/.exec(parameter.type) ?? [];
  const bits = size === "" ? 256 : Number(size);
  const most = 2n ** BigInt(kind === "int" ? bits - 1 : bits) - 1n;
  const role = roleOf(parameter, bits, place.isLast, surroundings.things);
  const theirs = role === "amount" || role === "id" ? theirNumbers(place.beside, surroundings) : [];
  const { known, self } = surroundings.context;
  const drawn = operands.kind(weightsOf(parameter, role, bits, { theirs, known, self }));
  const { extent } = surroundings.context;
  const sought = role === "amount" ? extent : undefined;
  const source = sought ?? drawn;
  // both are always taken: the operands of what follows keep their places
  const which = operands.next();
  const share = operands.next();
  const isOpen = source === "most" || source === "least";
  const magnitude = capped(
    isGuessed(source)
      ? magnitudeOf(isOpen && role === "price" ? "price" : source, which, share, surroundings)
      : (specificTo(source, parameter, { which, share, theirs, surroundings }) ?? choose(which, SMALL) ?? 0n),
    most,
  );
  const isNegative = kind === "int" && which % 3 === 2;
  if (isOpen) {
    const amounts = amountsToTry(source, surroundings, most, Operands.from(which), theirs);
    surroundings.open.push({
      way: place.way,
      isValue: false,
      seeks: source,
      share: sought !== undefined ? PPM : source === "most" ? shareOf(share) : surplusOf(share),
      amounts,
      steps: which < EXACT ? EXACT_STEPS : STEPS,
      ...(isNegative ? { isNegative } : {}),
    });
  }
  const value = isNegative ? -magnitude : magnitude;
  // viem takes integers of up to 48 bits as numbers
  return bits <= 48 ? Number(value) : value;
}

const STEPS = 10;
/** One in eight is exact to a unit: some flaws are a matter of one. */
const EXACT_STEPS = 60;
const EXACT = 125_000;

/** The part of the largest accepted amount: mostly all of it, else somewhat less, or any order of magnitude. */
export function shareOf(operand: number): number {
  if (operand < 560_000) return 1_000_000;
  if (operand < 600_000) return 999_900;
  if (operand < 680_000) return 970_000;
  if (operand < 760_000) return 500_000;
  return Math.max(1, Math.round(1_000_000 * 10 ** (-5 * ((operand - 760_000) / 240_000))));
}

/** What is asked for above the least accepted amount. */
function surplusOf(operand: number): number {
  if (operand < 600_000) return 1_000_000;
  if (operand < 750_000) return 1_010_000;
  return operand < 850_000 ? 1_100_000 : 2_000_000;
}

/** What is known of a parameter itself: by its name, its type, or the accounts beside it. `undefined` if nothing is. */
function specificTo(
  source: SpecificSource,
  parameter: AbiParameter,
  {
    which,
    share,
    theirs,
    surroundings,
  }: {
    readonly which: number;
    readonly share: number;
    readonly theirs: readonly bigint[];
    readonly surroundings: Surroundings;
  },
): bigint | undefined {
  const { known } = surroundings.context;
  const { name = "" } = parameter;
  switch (source) {
    case "used":
      return name === "" ? undefined : choose(which, known.used(name));
    case "own": {
      const own = known.own(surroundings.context.self);
      const place = choose(which, PLACES) ?? 0;
      // the first, the second and so on, however many more there come to be; a number that it gives itself, or one of those that it has
      return own[place] ?? (share < PPM / 2 ? choose(2 * share, SMALL) : own[place % own.length]);
    }
    case "told":
      return near(choose(which, toldAs(parameter, known)) ?? 0n, share, SAME_TOLD);
    case "theirs":
      return near(oneOfTheirs(theirs, which, surroundings) ?? 0n, share);
    case "member":
      return memberOf(known.members.get(enumOf(parameter) ?? ""), which);
  }
}

/** A member of an enumeration: any, if their number is known. */
function memberOf(members: number | undefined, which: number): bigint | undefined {
  if (members === undefined) return choose(which, MEMBERS);
  return choose(
    which,
    Array.from({ length: members }, (_none, member) => BigInt(member)),
  );
}

function magnitudeOf(source: GuessedSource, which: number, share: number, surroundings: Surroundings): bigint {
  const { known, self } = surroundings.context;
  const at = <T>(list: readonly T[]): T | undefined => choose(which, list);
  switch (source) {
    case "zero":
      return 0n;
    case "max":
      return 2n ** 256n - 1n;
    case "small":
      return at(SMALL) ?? 0n;
    case "power":
      return at(POWERS) ?? 1n;
    case "last":
      return lastOf(known.numbers, which, share);
    case "price":
      return near(at(pricesIn(known)) ?? at(known.numbers) ?? 0n, share, SAME_PRICE);
    case "span":
      return BigInt(at(SPANS) ?? DAY);
    case "days":
      return BigInt(at(TERMS) ?? 1);
    case "time":
      return known.now + BigInt(at(DURATIONS) ?? 0);
    case "constant":
      return at(known.constants) ?? at(POWERS) ?? 1n;
    case "seen":
      return near(at(known.seen) ?? at(SMALL) ?? 0n, share);
    case "large":
      return near(at(known.large) ?? 0n, share, SAME_TOLD);
    case "stored":
      return near(at(known.stored) ?? 0n, share);
    case "hash":
      return at(known.hashes) ?? 0n;
    case "known":
      return near(at([...known.of(self), ...known.numbers, ...known.seen]) ?? 0n, share);
    case "held":
    case "most":
    case "least":
      return fraction(shareOf(share), at(held(surroundings)) ?? 10n ** 18n);
  }
}

/** How often prices in a unit that a view seems to count in are chosen, for each time that any are. */
const FAMILIAR = 3;

/** Fair prices, mostly in the unit of a view that says something like it. */
function pricesIn({ prices, numbers }: KnownValues): readonly bigint[] {
  const familiar = prices.filter((price) => numbers.some((number) => number > price / 2n && number < price * 2n));
  return [...Array.from({ length: FAMILIAR }, () => familiar).flat(), ...prices];
}

/** The last of what views count, which is mostly what was made last, or one of those before it. */
function lastOf(numbers: readonly bigint[], which: number, share: number): bigint {
  const counts = numbers.filter((number) => number > 0n && number < MOST_COUNT);
  const count = choose(which, counts) ?? 1n;
  const back = share < 600_000 ? 1n : share < 800_000 ? 2n : share < 900_000 ? 0n : 3n;
  return count > back ? count - back : 0n;
}

/** What a known number is multiplied with, in hundredths. */
const NEARBY = [50n, 80n, 90n, 99n, 101n, 110n, 120n, 200n];

/** Known numbers are mostly taken as they are. Prices are not: what a contract compares with its own is hardly ever the same. */
const AS_IT_IS = 550_000;
const SAME_PRICE = 250_000;
/** Large ones most of all: most of them are ids. */
const SAME_TOLD = 800_000;

/** A known number, or one near it. */
function near(value: bigint, share: number, asItIs = AS_IT_IS): bigint {
  if (share < asItIs) return value;
  const rest = ((share - asItIs) * PPM) / (PPM - asItIs);
  if (rest < 144_000) return value + 1n;
  if (rest < 289_000) return value > 0n ? value - 1n : 0n;
  return (value * (choose(((rest - 289_000) * 1_000) / 711, NEARBY) ?? 100n)) / 100n;
}

function capped(value: bigint, most: bigint): bigint {
  return value > most ? most : value;
}
