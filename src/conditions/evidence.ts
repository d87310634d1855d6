import type { Amount } from "../quantity/amount.js";

import { format, formatApart } from "../quantity/format.js";

/** What a condition may say. */
const EXPECTED = "return undefined, a sentence, or { summary, quantities }";

/** What a quantity is about. */
interface QuantityName {
  /** What is counted: `debt`, `shortfall`. The same word in every violation of a condition, so that scripts can look for it. */
  readonly kind: string;
  /** Whose: an account, a protocol, a function. Absent where it is the target's. */
  readonly of?: string;
}

/**
 * One number of the evidence with its unit, or what a contract did where there is no number (`redeem` reverted).
 * `text` is made of `value` and `unit`: `812.4 WETH`, `$5.44`, `10.0 %`.
 */
export type Quantity = QuantityName & {
  /** What it is called in a list: its kind, and whose it is. */
  readonly label: string;
  /** Printed form, unit included. */
  readonly text: string;
} & (Amount | { readonly value?: never; readonly unit?: never });

/** Why a condition does not hold. Plain data. */
export interface Evidence {
  /** One line with units, for a person: `assets 812.4 WETH < liabilities 1,000 WETH (short 187.6 WETH)`. */
  readonly summary: string;
  /** The numbers behind it. */
  readonly quantities: readonly Quantity[];
}

/** A quantity as a condition may write it: its kind is its label unless it says otherwise, its text is made of its number. */
export type GivenQuantity = Partial<QuantityName> & { readonly label: string } & (
    (Amount & { readonly text?: string }) | { readonly text: string; readonly value?: never; readonly unit?: never }
  );

/** Evidence as a condition may write it: the numbers behind the sentence are optional. */
export interface GivenEvidence {
  readonly summary: string;
  readonly quantities?: readonly GivenQuantity[];
  /**
   * What failed, if the condition judges more than one thing: the name of a function, an account, a market. The same
   * whenever it fails again, so without numbers. The minimiser never exchanges one cause for another. Default: the
   * condition as a whole.
   */
  readonly cause?: string;
}

/**
 * A number of the evidence.
 *
 * @param kind - what is counted: `debt`
 * @param amount - the number with its unit
 * @param of - whose it is, if it is not the target's
 * @example `quantity("debt", { value: 5.44, unit: "USD" }, "alice")` prints as `$5.44`
 */
export function quantity(kind: string, amount: Amount, of?: string): Quantity {
  return { ...named(kind, of), ...measured(amount) };
}

/**
 * Two numbers that a sentence compares, with as many digits as it takes to tell them apart: never `$1.00 < $1.00`.
 *
 * @param one - made by {@link quantity}
 * @param other - made by {@link quantity}
 */
export function apart(one: Quantity, other: Quantity): readonly [Quantity, Quantity] {
  if (one.value === undefined || other.value === undefined) return [one, other];
  const [text, otherText] = formatApart(one, other);
  return [
    { ...one, text },
    { ...other, text: otherText },
  ];
}

/** Evidence that is no number: what a call did. */
export function statement(kind: string, text: string, of?: string): Quantity {
  return { ...named(kind, of), text };
}

/**
 * The evidence that a condition returned, complete.
 *
 * @throws TypeError if it is something else: JavaScript has no types to rely on
 */
export function toEvidence(given: unknown): Evidence | undefined {
  if (given === undefined) return undefined;
  if (given === "") throw new TypeError(`judge() returned an empty string; ${EXPECTED}.`);
  if (typeof given === "string") return { summary: given, quantities: [] };
  const { summary, quantities = [] } =
    typeof given === "object" && given !== null ? (given as Partial<GivenEvidence>) : {};
  if (typeof summary === "string" && Array.isArray(quantities)) {
    return completeEvidence({ summary, quantities });
  }
  throw new TypeError(`judge() returned ${shown(given)}; ${EXPECTED}.`);
}

function shown(given: unknown): string {
  if (typeof given === "boolean" || typeof given === "number" || given === null) return String(given);
  return typeof given === "object" ? "an object without a summary" : `a ${typeof given}`;
}

/**
 * Evidence with the numbers' kinds and texts filled in.
 *
 * @throws TypeError if one of its quantities has no label, or neither a value nor a text
 */
export function completeEvidence({ summary, quantities = [] }: GivenEvidence): Evidence {
  return { summary, quantities: quantities.map(completed) };
}

/** @throws TypeError if it has no name, or nothing to say */
function completed({ label, kind = label, of, text, ...amount }: GivenQuantity): Quantity {
  const name = { kind, ...(of === undefined ? {} : { of }), label };
  const known =
    amount.value === undefined ? { text } : { ...measured(amount), ...(text === undefined ? {} : { text }) };
  const given: unknown = label;
  if (typeof given === "string" && known.text !== undefined) return { ...name, ...known, text: known.text };
  throw new TypeError(
    `judge() returned a quantity named "${label}"; a quantity has a label, and a value with a known unit or a text.`,
  );
}

/** The number, its unit and its text. JSON has neither infinity nor NaN: of those, the text remains. */
function measured(amount: Amount): { readonly text: string } & (Amount | object) {
  const text = format(amount);
  const isFinite = typeof amount.value === "bigint" || Number.isFinite(amount.value);
  return isFinite ? { ...amount, text } : { text };
}

function named(kind: string, of: string | undefined): QuantityName & { readonly label: string } {
  return of === undefined ? { kind, label: kind } : { kind, of, label: `${kind} of ${of}` };
}
