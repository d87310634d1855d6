import type { ChainRedemption, ChainShortfall, ChainShortfalls, ChainStatement } from "../../conditions/on-chain.js";
import type { Wording } from "./calls.js";
import type { STATEMENT_HELPERS } from "./frame.js";

import { encodedCall } from "./calls.js";
import { comment, numberLiteral, textLiteral } from "./literals.js";
import { dataText, termText } from "./number-text.js";
import { numbersIn } from "./numbers-in.js";
import { guardsText, possibleLines } from "./possible-lines.js";

/** What a condition becomes: the body of `_failure()`, which returns why it does not hold. */
export function statementLines(wording: Wording, statement: ChainStatement): readonly string[] {
  return [...updateLines(wording, statement), ...judgingLines(wording, statement)];
}

/** What numbers have to be brought up to date by, each call once. */
function updateLines(wording: Wording, statement: ChainStatement): readonly string[] {
  const calls = numbersIn(statement).flatMap((number) => (number.kind === "view" ? (number.after ?? []) : []));
  const lines = calls.map((call) => {
    const { to, function: item } = call;
    return `_update(${wording.names.of(to, "CONTRACT")}, ${dataText(wording, call)}); // ${comment(item.name)}`;
  });
  return [...new Set(lines)];
}

function judgingLines(wording: Wording, statement: ChainStatement): readonly string[] {
  switch (statement.kind) {
    case "shortfalls":
      return shortfallLines(wording, [statement]);
    case "each":
      return shortfallLines(wording, statement.of);
    case "possible":
      return possibleLines(wording, statement);
    case "checks":
      return [
        ...statement.checks.flatMap(({ to, function: item, failed }) => [
          `if (_fails(${[
            wording.names.of(to, "INVARIANTS"),
            encodedCall(wording, { to, function: item, args: [] }).data,
            String(item.outputs[0]?.type === "bool"),
            String(failed),
          ].join(", ")})) return ${textLiteral(`${item.name}() reverts or returns false`)};`,
        ]),
        'return "";',
      ];
    case "redemptions":
      return redemptionLines(wording, statement);
  }
}

/** The helpers of the frame that a statement uses. */
export function statementHelpers(statement: ChainStatement): readonly (keyof typeof STATEMENT_HELPERS)[] {
  const numbers = numbersIn(statement);
  return [
    ...judgingHelpers(statement),
    ...(numbers.some(({ kind }) => kind === "ratio") ? (["ratios"] as const) : []),
    ...(numbers.some((number) => number.kind === "view" && number.after !== undefined) ? (["updates"] as const) : []),
  ];
}

function judgingHelpers(statement: ChainStatement): readonly (keyof typeof STATEMENT_HELPERS)[] {
  switch (statement.kind) {
    case "shortfalls":
    case "each": {
      const sums = statement.kind === "each" ? statement.of : [statement];
      const isGuarded = sums.some(({ shortfalls }) => shortfalls.some(({ when }) => when !== undefined));
      return ["numbers", "amounts", ...(isGuarded ? (["guards"] as const) : [])];
    }
    case "checks":
      return ["fails"];
    case "possible":
      return ["numbers", "guards", "attempts"];
    case "redemptions":
      return ["redemptions"];
  }
}

/** A sum of shortfalls after another, each in a block of its own. */
function shortfallLines(wording: Wording, sums: readonly ChainShortfalls[]): readonly string[] {
  const [only] = sums;
  return [
    ...(sums.length === 1 && only !== undefined
      ? sumLines(wording, only)
      : sums.flatMap((sum) => [`// ${comment(sum.says)}`, "{", ...indented(sumLines(wording, sum)), "}"])),
    'return "";',
  ];
}

function sumLines(wording: Wording, { shortfalls, most, unit }: ChainShortfalls): readonly string[] {
  const { symbol, decimals } = unit;
  return [
    `// in ${comment(symbol)}, ${decimals} decimals`,
    "int256 total = 0;",
    ...shortfalls.flatMap((shortfall) => {
      const { of, when = [] } = shortfall;
      return [
        `// ${comment(of)}`,
        when.length === 0 ? "{" : `if (${guardsText(wording, when)}) {`,
        ...indented(oneShortfall(wording, shortfall)),
        "    if (short > 0) total += short;",
        "}",
      ];
    }),
    `if (total > ${numberLiteral(most)}) {`,
    `    return string.concat("short of ", _decimal(total, ${decimals}), ${textLiteral(` ${symbol}, where `)}, _decimal(${numberLiteral(most)}, ${decimals}), " may be");`,
    "}",
  ];
}

function oneShortfall(wording: Wording, { terms, plus }: ChainShortfall): readonly string[] {
  return [
    `int256 short = ${numberLiteral(plus)};`,
    ...terms.map((term) => {
      const sign = term.times < 0n ? "-" : "+";
      return `short ${sign}= ${termText(wording, term)}; // ${comment(term.what)}`;
    }),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function redemptionLines(
  { names, interfaces }: Wording,
  statement: Extract<ChainStatement, { readonly kind: "redemptions" }>,
): readonly string[] {
  const { vault, asset, minimum, dust, redemptions, request } = statement;
  const accounts = redemptions.map(({ account }) => account);
  interfaces.function(vault, statement.convert);
  interfaces.function(vault, statement.redeem);
  return [
    `address[] memory depositors = new address[](${accounts.length});`,
    `bool[] memory failed = new bool[](${accounts.length});`,
    ...redemptions.flatMap(({ account, name, failed }: ChainRedemption, index) => [
      `depositors[${index}] = ${names.of(account)}; // ${comment(name)}`,
      ...(failed ? [`failed[${index}] = true;`] : []),
    ]),
    `return _redemptions(${[
      names.of(vault),
      names.of(asset),
      numberLiteral(minimum),
      numberLiteral(dust),
      request === undefined ? '""' : textLiteral(signatureOf(request.function)),
      "depositors",
      "failed",
    ].join(", ")});`,
  ];
}

function signatureOf({
  name,
  inputs,
}: {
  readonly name: string;
  readonly inputs: readonly { readonly type: string }[];
}): string {
  return `${name}(${inputs.map(({ type }) => type).join(",")})`;
}
