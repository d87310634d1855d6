import type { Hex } from "viem";

import type { Operands } from "./operands.js";
import type { Surroundings } from "./surroundings.js";

import { numberToHex, stringToHex } from "viem";

import { encodeCall } from "../../protocols/call.js";
import { choose } from "../../quantity/share.js";

/** Operands of a word, of bytes and of a string. */
export const WORD_OPERANDS = 2;
export const BYTES_OPERANDS = 3;
export const TEXT_OPERANDS = 1;

const OF_WORD = { word: 50, number: 20, zero: 15, constant: 15 };
const OF_BYTES = { empty: 35, call: 35, word: 20, text: 10 };

/** The weight of large numbers as words: ids that are hashes are `uint256` here and `bytes32` there. */
const LARGE = 12;

/** The weight of those that events and return values call by the parameter's name. */
const TOLD = 16;

/** The weight of longer byte strings that views or events told. */
const PAYLOAD = 14;

/** Numbers from here on are no amounts, and less than the largest, which is no id. */
const LARGE_FROM = 2n ** 112n;
const LARGEST = 2n ** 256n - 1n;

const TEXTS = ["a", "", "siege", "a".repeat(40), "\u{1F6E1}"];

/** `bytes32` and shorter ones: a word that was seen, or a number. @param name - of the parameter */
export function word(bytes: number, operands: Operands, { context: { known } }: Surroundings, name = ""): Hex {
  const told = bytes === 32 && name !== "" ? known.told(name) : [];
  const large = bytes === 32 ? [...known.large, ...known.numbers.filter(isLarge)] : [];
  const source = operands.kind<keyof typeof OF_WORD | "large" | "told">({
    ...OF_WORD,
    ...(told.length === 0 ? {} : { told: TOLD }),
    ...(large.length === 0 ? {} : { large: LARGE }),
  } as Record<keyof typeof OF_WORD | "large" | "told", number>);
  const which = operands.next();
  const at = <T>(list: readonly T[]): T | undefined => choose(which, list);
  const number = (value: bigint): Hex => numberToHex(value % 2n ** BigInt(8 * bytes), { size: bytes });
  switch (source) {
    case "word": {
      const seen = at(known.words);
      // shorter ones are the left part, as of a hash
      return seen === undefined ? number(BigInt(which % 4)) : `0x${seen.slice(2, 2 + 2 * bytes)}`;
    }
    case "number":
      return number(at(known.seen) ?? BigInt(which % 8));
    case "constant":
      return number(at(known.constants) ?? 0n);
    case "large":
      return number(at(large) ?? 0n);
    case "told":
      return number(at(told) ?? 0n);
    case "zero":
      return number(0n);
  }
}

/** `bytes`: nothing, a call of a function that is known, a word, a text, or what contracts told. */
export function bytes(
  operands: Operands,
  surroundings: Surroundings,
  argumentsOf: (operands: Operands, surroundings: Surroundings, which: number) => Hex | undefined,
): Hex {
  const { payloads } = surroundings.context.known;
  const source = operands.kind<keyof typeof OF_BYTES | "payload">({
    ...OF_BYTES,
    ...(payloads.length === 0 ? {} : { payload: PAYLOAD }),
  } as Record<keyof typeof OF_BYTES | "payload", number>);
  const which = operands.next();
  const derived = operands.derived();
  switch (source) {
    case "call":
      return argumentsOf(derived, surroundings, which) ?? "0x";
    case "word":
      return word(32, derived, surroundings);
    case "text": {
      const { texts } = surroundings.context.known;
      const said = choose(which, texts);
      return said === undefined ? numberToHex(BigInt(which), { size: 20 }) : stringToHex(said);
    }
    case "payload":
      return choose(which, payloads) ?? "0x";
    case "empty":
      return "0x";
  }
}

function isLarge(number: bigint): boolean {
  return number >= LARGE_FROM && number < LARGEST;
}

/** The calldata of a known function. */
export function encoded(call: Parameters<typeof encodeCall>[0]): Hex | undefined {
  try {
    return encodeCall(call);
  } catch {
    // a function whose arguments have no encoding
    return undefined;
  }
}

/** A string: one that a contract returned or contains, or one of different lengths. */
export function text(operands: Operands, { context: { known } }: Surroundings): string {
  return operands.pick([...TEXTS, ...known.texts]) ?? "";
}
