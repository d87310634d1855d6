import type { ChainCall, ChainGuard, ChainShortfalls, ChainStatement } from "../../conditions/on-chain.js";
import type { ChainNumber, ChainTerm } from "../../protocols/on-chain.js";

/** All numbers that a statement is made of, with those that other numbers are made of. */
export function numbersIn(statement: ChainStatement): readonly ChainNumber[] {
  switch (statement.kind) {
    case "shortfalls":
      return inShortfalls(statement);
    case "each":
      return statement.of.flatMap(inShortfalls);
    case "possible":
      return statement.possibilities.flatMap(({ when, ways }) => [
        ...when.flatMap(inGuard),
        ...ways.flatMap(({ first, call, gain = [] }) => [...[...first, call].flatMap(inCall), ...gain.flatMap(inTerm)]),
      ]);
    case "checks":
    case "redemptions":
      return [];
  }
}

function inShortfalls({ shortfalls }: ChainShortfalls): readonly ChainNumber[] {
  return shortfalls.flatMap(({ when = [], terms }) => [...when.flatMap(inGuard), ...terms.flatMap(inTerm)]);
}

function inGuard(guard: ChainGuard): readonly ChainNumber[] {
  return guard.kind === "sum above zero" ? guard.terms.flatMap(inTerm) : withParts(guard.number);
}

function inTerm({ number }: ChainTerm): readonly ChainNumber[] {
  return withParts(number);
}

function inCall({ argument }: ChainCall): readonly ChainNumber[] {
  return argument === undefined ? [] : withParts(argument.number);
}

function withParts(number: ChainNumber): readonly ChainNumber[] {
  switch (number.kind) {
    case "native":
      return [number];
    case "view":
      return [number, ...(number.argument === undefined ? [] : withParts(number.argument.number))];
    case "ratio":
      return [
        number,
        ...[...number.factors, number.over].flatMap(({ number: part }) => (part === undefined ? [] : withParts(part))),
      ];
  }
}
