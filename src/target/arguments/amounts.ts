import type { Address } from "viem";

import type { Operands } from "./operands.js";
import type { Surroundings } from "./surroundings.js";

/** How many amounts are chosen among those that mean something; the largest of them and a small one are always tried. */
const CHOSEN = 6;

/** What amounts are multiplied with, in tenths: limits are often just below or above. */
const FACTORS = [10n, 10n, 5n, 9n, 11n, 20n, 1n];

/** How many of those that are known of accounts that the call names are tried besides. */
const THEIRS = 2;

/** Amounts above this are no amounts of anything: what a view returned is a rate, a hash or a limit of a type. */
const AMOUNT_LIMIT = 2n ** 128n;

/** Amounts of one state, in a contract's and an account's eyes. */
interface Amounts {
  readonly tokens: Surroundings["tokens"];
  readonly held: readonly bigint[];
  /** What they hold, and what is known and may be an amount. */
  readonly meant: readonly bigint[];
  readonly largest: bigint;
}

/** By the function that tells balances, which is one for each account in each state, and by contract: they are asked for with every call. */
const amountsIn = new WeakMap<Surroundings["context"]["balance"], Map<Address, Amounts>>();

/** What the caller and the contract hold, of every token and of native coin; base units, without zeros. */
export function held(surroundings: Surroundings): readonly bigint[] {
  return amountsOf(surroundings).held;
}

function amountsOf(surroundings: Surroundings): Amounts {
  const { target, tokens, context } = surroundings;
  const ofState = amountsIn.get(context.balance) ?? new Map<Address, Amounts>();
  amountsIn.set(context.balance, ofState);
  const known = ofState.get(target);
  if (known?.tokens === tokens) return known;
  const now = amountsNow(surroundings);
  ofState.set(target, now);
  return now;
}

function amountsNow(surroundings: Surroundings): Amounts {
  const held = heldNow(surroundings);
  const { known, self } = surroundings.context;
  const meant = [...held, ...known.of(self), ...known.numbers, ...known.seen, ...known.constants].filter(
    (amount) => amount > 1_000n && amount < AMOUNT_LIMIT,
  );
  return {
    tokens: surroundings.tokens,
    held,
    meant,
    largest: meant.reduce((largest, amount) => (amount > largest ? amount : largest), 1n),
  };
}

function heldNow({ target, tokens, context }: Surroundings): readonly bigint[] {
  const { self, balance, known } = context;
  return [
    ...tokens.map(({ address }) => balance(address)),
    ...tokens.map(({ address }) => balance(address, target)),
    known.native(target),
    known.of(self)[0] ?? 0n,
  ].filter((amount) => amount > 0n);
}

/**
 * Amounts that mean something in this state, one of which tells whether any is accepted: what the caller and the contract hold,
 * what views and events say, parts and multiples of these, and round numbers of all magnitudes.
 *
 * @param operands - choose among them
 * @param theirs - what is known of the accounts that the call names
 */
export function amountsToTry(
  seeks: "most" | "least",
  surroundings: Surroundings,
  most: bigint,
  operands: Operands,
  theirs: readonly bigint[] = [],
): readonly bigint[] {
  const { meant, largest } = amountsOf(surroundings);
  const chosen = Array.from({ length: CHOSEN }, () => {
    const isRound = operands.next() < ROUND || meant.length === 0;
    const amount = isRound
      ? BigInt(operands.pick([1, 2, 5]) ?? 1) * 10n ** BigInt(operands.pick(MAGNITUDES) ?? 18)
      : (operands.pick(meant) ?? 1n);
    return (amount * (operands.pick(FACTORS) ?? 10n)) / 10n;
  });
  const least = operands.pick([1n, 1n, 1_000n, 1_000_000n]) ?? 1n;
  const ofThem = theirs.length === 0 ? [] : Array.from({ length: THEIRS }, () => operands.pick(theirs) ?? 1n);
  const amounts = [...chosen, largest, least, ...ofThem]
    .map((amount) => (amount > most ? most : amount))
    .filter((amount) => amount > 0n);
  const ascending = [...new Set(amounts)].sort((a, b) => (a < b ? -1 : 1));
  return seeks === "least" ? ascending : ascending.toReversed();
}

/** One in four is a round number. */
const ROUND = 250_000;
const MAGNITUDES = Array.from({ length: 22 }, (_, power) => power + 3);
