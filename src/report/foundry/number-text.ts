import type { AbiFunction, Address } from "viem";

import type { ChainAddend, ChainNumber, ChainTerm } from "../../protocols/on-chain.js";
import type { Wording } from "./calls.js";

import { size, slice } from "viem";

import { argumentOffset } from "../../conditions/simulated-call.js";
import { encodeCall } from "../../protocols/call.js";

import { encodedCall, writtenArguments } from "./calls.js";
import { returnsNumber } from "./interfaces.js";
import { bytesLiteral, numberLiteral } from "./literals.js";

const WORD = 32;

/** A call, one of whose arguments may be a number that the chain tells. */
export interface NumberCall {
  readonly to: Address;
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly argument?: { readonly at: number; readonly number: ChainNumber };
}

/** A sum as an expression, with what its numbers were, which they must be again. */
export function sumText(
  wording: Wording,
  { terms, plus }: { readonly terms: readonly ChainTerm[]; readonly plus: bigint },
  read: (wording: Wording, number: ChainNumber) => string = numberText,
): string {
  const parts = terms.map((term) => `${term.times < 0n ? "- " : "+ "}${termText(wording, term, read)}`);
  return [numberLiteral(plus), ...parts].join(" ");
}

/** A part of a sum without its sign. */
export function termText(
  wording: Wording,
  { number, times, over }: ChainTerm,
  read: (wording: Wording, number: ChainNumber) => string = numberText,
): string {
  const factor = times < 0n ? -times : times;
  return `_part(${read(wording, number)}, ${numberLiteral(factor)}, ${numberLiteral(over)})`;
}

/** A number with what it was, which it must be again. */
export function numberText(wording: Wording, number: ChainNumber): string {
  const text = readText(wording, number);
  return number.was === undefined ? text : `_same(${text}, ${numberLiteral(number.was)})`;
}

/** A number, or zero where its view reverts. */
export function leniently(wording: Wording, number: ChainNumber): string {
  switch (number.kind) {
    case "native":
      return `${wording.names.of(number.account)}.balance`;
    case "ratio":
      return ratioText(wording, number, leniently);
    case "view":
      return `_number(${placeText(wording, number)})`;
  }
}

/** Whether the views of a number return something, as expressions. */
export function answersText(wording: Wording, number: ChainNumber): readonly string[] {
  switch (number.kind) {
    case "native":
      return [];
    case "ratio":
      return [...number.factors, number.over].flatMap(({ number: part }) =>
        part === undefined ? [] : answersText(wording, part),
      );
    case "view":
      return [`_answers(${placeText(wording, number)})`];
  }
}

/** The arguments of helpers that read a word: of which contract, by which call, and which of the words. */
export function placeText(wording: Wording, number: Extract<ChainNumber, { readonly kind: "view" }>): string {
  return `${wording.names.of(number.to, "CONTRACT")}, ${dataText(wording, number)}, ${number.word ?? 0}`;
}

/** A call's data as one expression. */
export function dataText(wording: Wording, called: NumberCall): string {
  const { argument } = called;
  if (argument === undefined) {
    const { before, data } = encodedCall(wording, called);
    return before.length === 0 ? data : bytesLiteral(encodeCall(called));
  }
  const value = leniently(wording, argument.number);
  const typed = typedCall(wording, called);
  if (typed !== undefined) {
    return `abi.encodeCall(${typed.interface}.${typed.function}, (${typed.args.with(argument.at, value).join(", ")}))`;
  }
  const raw = encodeCall({ ...called, args: called.args.with(argument.at, 0n) });
  const at = argumentOffset(called.function, argument.at);
  const rest = at + WORD === size(raw) ? [] : [bytesLiteral(slice(raw, at + WORD))];
  return `bytes.concat(${[bytesLiteral(slice(raw, 0, at)), `bytes32(${value})`, ...rest].join(", ")})`;
}

function readText(wording: Wording, number: ChainNumber): string {
  if (number.kind === "native") return `${wording.names.of(number.account)}.balance`;
  if (number.kind === "ratio") return ratioText(wording, number, readText);
  const { function: item, argument, word = 0 } = number;
  const typed = typedCall(wording, number);
  const contract = wording.names.of(number.to, "CONTRACT");
  if (typed === undefined) return `_word(${contract}, ${bytesLiteral(encodeCall(number))}, ${word})`;
  const { interface: name, function: called, args } = typed;
  const values = argument === undefined ? args : args.with(argument.at, readText(wording, argument.number));
  return returnsNumber(item)
    ? `${name}(${contract}).${called}(${values.join(", ")})`
    : `_word(${contract}, abi.encodeCall(${name}.${called}, (${values.join(", ")})), ${word})`;
}

function ratioText(
  wording: Wording,
  { factors: [one, other], over, rounds }: Extract<ChainNumber, { readonly kind: "ratio" }>,
  read: (wording: Wording, number: ChainNumber) => string,
): string {
  const part = ({ number, plus }: ChainAddend): string => {
    if (number === undefined) return numberLiteral(plus);
    return plus === 0n ? read(wording, number) : `${read(wording, number)} + ${numberLiteral(plus)}`;
  };
  return `_ratio(${[part(one), part(other), part(over), String(rounds === "up")].join(", ")})`;
}

/** What a call is in an interface; `undefined` if none can have it, or if lists have to be filled before it. */
function typedCall(
  { names, interfaces }: Wording,
  { to, function: item, args, argument }: NumberCall,
): { readonly interface: string; readonly function: string; readonly args: readonly string[] } | undefined {
  names.of(to, "CONTRACT");
  const written = writtenArguments(names, item, argument === undefined ? args : args.with(argument.at, 0n));
  const declared = written?.before.length === 0 ? interfaces.function(to, item) : undefined;
  return written === undefined || declared === undefined ? undefined : { ...declared, args: written.args };
}
