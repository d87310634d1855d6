import type { ChainRedemption, ChainShortfall, ChainStatement } from "../../conditions/on-chain.js";
import type { ChainNumber, ChainTerm } from "../../protocols/on-chain.js";
import type { Wording } from "./calls.js";

import { encodeCall } from "../../protocols/call.js";

import { encodedCall, writtenArguments } from "./calls.js";
import { returnsNumber } from "./interfaces.js";
import { bytesLiteral, comment, numberLiteral, textLiteral } from "./literals.js";

/** What a condition becomes: the body of `_failure()`, which returns why it does not hold. */
export function statementLines(wording: Wording, statement: ChainStatement): readonly string[] {
  switch (statement.kind) {
    case "shortfalls":
      return shortfallLines(wording, statement);
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
export function statementHelpers(statement: ChainStatement): readonly ("fails" | "numbers" | "redemptions")[] {
  return statement.kind === "shortfalls" ? ["numbers"] : statement.kind === "checks" ? ["fails"] : ["redemptions"];
}

function shortfallLines(
  wording: Wording,
  { shortfalls, most, unit }: Extract<ChainStatement, { readonly kind: "shortfalls" }>,
): readonly string[] {
  const { symbol, decimals } = unit;
  return [
    `// in ${comment(symbol)}, ${decimals} decimals`,
    "int256 total = 0;",
    ...shortfalls.flatMap((shortfall) => [
      `// ${comment(shortfall.of)}`,
      "{",
      ...oneShortfall(wording, shortfall).map((line) => `    ${line}`),
      "    if (short > 0) total += short;",
      "}",
    ]),
    `if (total <= ${numberLiteral(most)}) return "";`,
    `return string.concat("short of ", _decimal(total, ${decimals}), ${textLiteral(` ${symbol}, where `)}, _decimal(${numberLiteral(most)}, ${decimals}), " may be");`,
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

function termText(wording: Wording, { number, times, over }: ChainTerm): string {
  const factor = times < 0n ? -times : times;
  return `_part(${numberText(wording, number)}, ${numberLiteral(factor)}, ${numberLiteral(over)})`;
}

/** A number with what it was, which it must be again. */
function numberText(wording: Wording, number: ChainNumber): string {
  const text = readText(wording, number);
  return number.was === undefined ? text : `_same(${text}, ${numberLiteral(number.was)})`;
}

function readText(wording: Wording, number: ChainNumber): string {
  const { names, interfaces } = wording;
  if (number.kind === "native") return `${names.of(number.account)}.balance`;
  const { to, function: item, args, argument } = number;
  const contract = names.of(to, "CONTRACT");
  const written = writtenArguments(names, item, argument === undefined ? args : args.with(argument.at, 0n));
  const declared = written?.before.length === 0 ? interfaces.function(to, item) : undefined;
  if (written === undefined || declared === undefined) {
    return `_word(${contract}, ${bytesLiteral(encodeCall({ to, function: item, args }))})`;
  }
  const values =
    argument === undefined ? written.args : written.args.with(argument.at, readText(wording, argument.number));
  const { interface: name, function: called } = declared;
  return returnsNumber(item)
    ? `${name}(${contract}).${called}(${values.join(", ")})`
    : `_word(${contract}, abi.encodeCall(${name}.${called}, (${values.join(", ")})))`;
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
