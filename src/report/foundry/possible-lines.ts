import type { Hex } from "viem";

import type { ChainGuard, ChainPossibility, ChainStatement, ChainWay } from "../../conditions/on-chain.js";
import type { Wording } from "./calls.js";

import { bytesLiteral, comment, numberLiteral, textLiteral } from "./literals.js";
import { answersText, dataText, leniently, sumText } from "./number-text.js";

/** Whether everybody can do what must be possible for them, each way tried on its own. */
export function possibleLines(
  wording: Wording,
  { possibilities, errors }: Extract<ChainStatement, { readonly kind: "possible" }>,
): readonly string[] {
  return [
    ...possibilities.flatMap((possibility) => [
      `// ${comment(possibility.of)}`,
      "{",
      ...indented(possibilityLines(wording, possibility, errors)),
      "}",
    ]),
    'return "";',
  ];
}

function possibilityLines(
  wording: Wording,
  { of, when, ways, failed }: ChainPossibility,
  errors: readonly Hex[],
): readonly string[] {
  return [
    `bool isStuck = ${when.length === 0 ? "true" : guardsText(wording, when)};`,
    "if (isStuck) {",
    // all ways that revert for a legitimate reason are none that is missing
    "    bool isAllowed = true;",
    ...ways.flatMap((way) => ["    {", ...indented(indented(wayLines(wording, way, errors))), "    }"]),
    "    if (isAllowed) isStuck = false;",
    "}",
    `if (_stuck(isStuck, ${String(failed)})) return ${textLiteral(`${of} cannot`)};`,
  ];
}

function wayLines(wording: Wording, { first, call, gain }: ChainWay, errors: readonly Hex[]): readonly string[] {
  const { names } = wording;
  const worth = gain === undefined ? undefined : sumText(wording, { terms: gain, plus: 0n }, leniently);
  return [
    "uint256 snapshot = VM.snapshotState();",
    ...first.map((one) => `_attempt(${names.of(one.from)}, ${names.of(one.to)}, ${dataText(wording, one)});`),
    `bytes memory data = ${dataText(wording, call)};`,
    ...(worth === undefined ? [] : [`int256 worth = ${worth};`]),
    `(bool success, bytes memory returned) = _attempt(${names.of(call.from)}, ${names.of(call.to)}, data);`,
    ...(worth === undefined
      ? ["if (success) isStuck = false;"]
      : [`if (success && ${worth} > worth) isStuck = false;`]),
    `if (success || !(${errors.length === 0 ? "false" : errors.map((error) => `_is(returned, ${bytesLiteral(error)})`).join(" || ")})) isAllowed = false;`,
    "VM.revertToState(snapshot);",
  ];
}

/** Guards as one expression. */
export function guardsText(wording: Wording, guards: readonly ChainGuard[]): string {
  return guards.map((guard) => guardText(wording, guard)).join(" && ");
}

function guardText(wording: Wording, guard: ChainGuard): string {
  if (guard.kind === "sum above zero") return `${sumText(wording, guard)} > 0`;
  const { number } = guard;
  const value = leniently(wording, number);
  const known = answersText(wording, number);
  if (guard.kind === "below") return [...known, `${value} < ${numberLiteral(guard.bound)}`].join(" && ");
  switch (guard.is) {
    case "readable":
      return known.length === 0 ? "true" : known.join(" && ");
    case "zero":
      return [...known, `${value} == 0`].join(" && ");
    case "above zero":
      return `${value} > 0`;
    case "nothing":
      return `${value} == 0`;
  }
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}
