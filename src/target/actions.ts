import type { AbiFunction, AbiParameter, Address, Hex } from "viem";

import type { Action, ActionContext } from "../protocols/action.js";
import type { Token } from "../protocols/token.js";
import type { ResolvedTarget } from "./target.js";

import { concatHex, maxUint256, toFunctionSignature, zeroAddress } from "viem";

import { namesAccount } from "../protocols/beneficiary.js";
import { isSameAddress } from "../quantity/address.js";
import { choose, fraction } from "../quantity/share.js";

import { plainCalls, reasonToSkip, sentWith } from "./calls.js";
import { stateChanging } from "./functions.js";

/** The functions of a target that ordinary users call; everything else is left to attackers. */
export const ORDINARY: ReadonlySet<string> = new Set([
  "deposit",
  "mint",
  "withdraw",
  "redeem",
  "supply",
  "borrow",
  "repay",
]);

/** The longest array that is generated for an argument. */
const MAX_ITEMS = 2;

/** A state-changing function that the search never calls. */
export interface SkippedFunction {
  /** With its argument types: `approve(address,uint256)`. */
  readonly function: string;
  /** Why, as a clause: `it only changes an allowance`. */
  readonly because: string;
}

/** What the search can do with a target, and what it leaves alone. */
export interface TargetActions {
  readonly actions: readonly Action<unknown>[];
  readonly skipped: readonly SkippedFunction[];
}

/**
 * The state-changing functions of a contract and calls without a function, as free moves. Arguments are derived from operands: addresses from the
 * scenario's accounts, amounts as shares of what the caller and the contract hold. Functions that are not called are
 * listed with the reason.
 */
export function targetActions(target: ResolvedTarget, tokens: readonly Token[]): TargetActions {
  const judged = stateChanging(target.abi).map((item) => ({ item, because: reasonToSkip(item) }));
  const called = judged.flatMap(({ item, because }) => (because === undefined ? [item] : []));
  return {
    actions: [
      ...called.map((item) => actionOf(target.address, item, nameOf(item, called), tokens)),
      ...plainCalls(target),
    ],
    skipped: judged.flatMap(({ item, because }) =>
      because === undefined ? [] : [{ function: toFunctionSignature(item), because }],
    ),
  };
}

function actionOf(target: Address, item: AbiFunction, name: string, tokens: readonly Token[]): Action<unknown> {
  const payable = item.stateMutability === "payable";
  return {
    name,
    operands: item.inputs.reduce((sum, input) => sum + operandsOf(input), payable ? 1 : 0),
    ordinary: ORDINARY.has(item.name),
    build: (operands, context) => {
      const supply = new Operands(operands);
      const args = item.inputs.map((input) => argument(input, supply, { target, tokens, context }));
      return {
        to: target,
        function: item,
        args,
        ...(payable ? { value: sentWith(supply.next()) } : {}),
      };
    },
  };
}

/** `withdraw`, or `withdraw(uint256,address)` if the ABI has overloads; structs as in `open((uint256,address))`. */
function nameOf(item: AbiFunction, functions: readonly AbiFunction[]): string {
  const overloaded = functions.filter(({ name }) => name === item.name).length > 1;
  return overloaded ? toFunctionSignature(item) : item.name;
}

/** Operands taken one by one; 0 once they run out: the function of a saved genome may take more by now. */
class Operands {
  readonly #values: readonly number[];
  #at = 0;

  constructor(values: readonly number[]) {
    this.#values = values;
  }

  next(): number {
    const value = this.#values[this.#at] ?? 0;
    this.#at += 1;
    return value;
  }
}

/** The number of operands that an argument takes. */
function operandsOf(parameter: AbiParameter): number {
  const element = elementOf(parameter);
  if (element !== undefined) return 1 + MAX_ITEMS * operandsOf(element.parameter);
  if ("components" in parameter) return parameter.components.reduce((sum, component) => sum + operandsOf(component), 0);
  if (parameter.type.startsWith("uint")) return 2;
  if (parameter.type.startsWith("int")) return 3;
  return /^(address|bool|bytes\d+|function)$/.test(parameter.type) ? 1 : 0;
}

interface Surroundings {
  readonly target: Address;
  readonly tokens: readonly Token[];
  readonly context: ActionContext<unknown>;
}

function argument(parameter: AbiParameter, operands: Operands, surroundings: Surroundings): unknown {
  const element = elementOf(parameter);
  if (element !== undefined) {
    const wanted = element.length ?? Math.min(MAX_ITEMS, Math.floor((operands.next() * (MAX_ITEMS + 1)) / 1_000_000));
    return Array.from({ length: wanted }, () => argument(element.parameter, operands, surroundings));
  }
  if ("components" in parameter) {
    const values = parameter.components.map((component) => [
      component.name ?? "",
      argument(component, operands, surroundings),
    ]);
    const isNamed = values.every(([name]) => name !== "");
    return isNamed ? Object.fromEntries(values) : values.map(([, value]) => value);
  }
  const [, kind, size] = /^(u?int|bytes|address|bool|string|function)(\d*)$/.exec(parameter.type) ?? [];
  switch (kind) {
    case "uint":
    case "int":
      return integer(operands, surroundings, BigInt(size === "" || size === undefined ? 256 : size), kind);
    case "address":
      return account(operands.next(), parameter, surroundings);
    case "bool":
      return operands.next() >= 500_000;
    case "bytes":
      return size === "" ? "0x" : word(operands.next(), Number(size));
    case "function":
      // an address and a selector; 0 is a function that no contract has
      return concatHex([account(operands.next(), parameter, surroundings), "0x00000000"]);
    case "string":
    case undefined:
      return "";
  }
}

/** `T[]` and `T[3]`; the length of the latter is fixed. */
function elementOf(
  parameter: AbiParameter,
): { readonly parameter: AbiParameter; readonly length: number | undefined } | undefined {
  const match = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (match === null) return undefined;
  const [, type = "", length] = match;
  return { parameter: { ...parameter, type }, length: length === "" ? undefined : Number(length) };
}

/** A share of something that the caller or the contract holds, or a number of another magnitude. */
function integer(operands: Operands, surroundings: Surroundings, bits: bigint, kind: "uint" | "int"): bigint | number {
  const { target, tokens, context } = surroundings;
  const { balance } = context;
  const held = [
    ...tokens.map((token) => balance(token.address)),
    ...tokens.map((token) => balance(token.address, target)),
  ].filter((amount) => amount > 0n);
  const magnitudes = [1n, 10n ** 3n, 10n ** 6n, 10n ** 18n, maxUint256];
  const reference = operands.next();
  const share = operands.next();
  // four times in five a share of a balance
  const of =
    reference < 800_000 && held.length > 0
      ? choose(Math.floor((reference * 1_000_000) / 800_000), held)
      : choose(Math.max(0, reference - 800_000) * 5, magnitudes);
  const amount = of === maxUint256 ? maxUint256 : fraction(share, of ?? 0n);
  const most = 2n ** (kind === "int" ? bits - 1n : bits) - 1n;
  const magnitude = amount > most ? most : amount;
  // positive for an operand of 0, the simpler of the two signs
  const value = kind === "int" && operands.next() >= 500_000 ? -magnitude : magnitude;
  // viem takes integers of up to 48 bits as numbers
  return bits <= 48n ? Number(value) : value;
}

/**
 * Half the time the caller itself; otherwise an account or contract of the scenario. Who acts for itself alone names other
 * contracts, but no other account.
 */
function account(operand: number, parameter: AbiParameter, { target, tokens, context }: Surroundings): Address {
  if (operand < 500_000) return context.self;
  const contracts = [target, ...tokens.map(({ address }) => address)];
  const others = [...new Set([...context.accounts.values(), ...contracts, zeroAddress])];
  const chosen = choose((operand - 500_000) * 2, others) ?? context.self;
  if (context.actsFor !== "itself") return chosen;
  return namesAccount(parameter) || !contracts.some((one) => isSameAddress(one, chosen)) ? context.self : chosen;
}

function word(operand: number, bytes: number): Hex {
  return `0x${operand
    .toString(16)
    .padStart(bytes * 2, "0")
    .slice(-bytes * 2)}`;
}
