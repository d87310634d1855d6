import type { AbiFunction, AbiParameter, Address } from "viem";

import type { ActionContext, WrittenArguments } from "../../protocols/action.js";
import type { OpenAmount, OpenCall, Way } from "../../protocols/open-amount.js";
import type { Surroundings } from "./surroundings.js";

import { isAddress } from "viem";

import { shown } from "../../options.js";
import { NOTHING_KNOWN } from "../../protocols/known-values.js";

import { amountsToTry } from "./amounts.js";
import { Operands } from "./operands.js";

/** The most items of a list, and characters of a text. */
const MOST_ITEMS = 256;
const MOST_TEXT = 20_000;

/** The most amounts of a call that are left to the state. */
const MOST_OPEN = 3;

/** Bisections of an amount that is left to the state: to a unit. */
const EXACT_STEPS = 60;

/** `most`, `least`, `99 %`, `0.5%` */
const WORD = /^(?:(most|least)|(\d{1,3}(?:\.\d{1,4})?) ?%)$/;

const DECIMAL = /^-?\d{1,78}$/;
const HEXADECIMAL = /^0x[\da-f]{1,64}$/i;

/** Why arguments cannot be those of a function. */
export class GivenArgumentError extends Error {}

/** Whom `@name` stands for. */
export type Named = (name: string) => Address | undefined;

/**
 * Whether arguments fit a function.
 *
 * @returns why not, as a clause; `undefined` if they do
 */
export function faultInGiven(item: AbiFunction, given: WrittenArguments, named: Named): string | undefined {
  try {
    builtFrom(item, given, named);
    return undefined;
  } catch (error) {
    if (error instanceof GivenArgumentError) return error.message;
    throw error;
  }
}

/** The call with these arguments; `undefined` if they do not fit the function. */
export function givenCall(
  item: AbiFunction,
  given: WrittenArguments,
  surroundings: Omit<Surroundings, "inner" | "open" | "context">,
  context: ActionContext<unknown>,
): OpenCall | undefined {
  const around = {
    ...surroundings,
    context: { ...context, known: context.known ?? NOTHING_KNOWN },
    inner: [],
    open: [],
  };
  const named: Named = (name) => context.accounts.get(name) ?? context.contracts.get(name);
  try {
    const { args, value, open } = builtFrom(item, given, named);
    const sought = open.slice(-MOST_OPEN).reduce<OpenAmount | undefined>((after, { way, seeks, share, bits }) => {
      const amounts = amountsToTry(seeks, around, 2n ** BigInt(bits) - 1n, Operands.from(0));
      const own = { way, isValue: false, seeks, share, amounts, steps: EXACT_STEPS };
      return after === undefined ? own : { ...own, next: after };
    }, undefined);
    const call = { to: surroundings.target, function: item, args };
    return { ...call, ...(value === 0n ? {} : { value }), ...(sought === undefined ? {} : { open: sought }) };
  } catch (error) {
    if (error instanceof GivenArgumentError) return undefined;
    throw error;
  }
}

interface Open {
  readonly way: Way;
  readonly seeks: "most" | "least";
  readonly share: number;
  readonly bits: number;
}

interface Built {
  readonly args: readonly unknown[];
  readonly value: bigint;
  readonly open: readonly Open[];
}

/** @throws GivenArgumentError */
function builtFrom(item: AbiFunction, { args, value = "0" }: WrittenArguments, named: Named): Built {
  if (args.length !== item.inputs.length) {
    throw new GivenArgumentError(`${item.name} takes ${item.inputs.length} arguments, not ${args.length}`);
  }
  const open: Open[] = [];
  const built = item.inputs.map((input, index) => valueOf(input, args[index], { way: [index], open, named }));
  const wei = integerOf({ name: "value", type: "uint128" }, value, { way: [], open, named });
  if (item.stateMutability !== "payable" && value !== "0") {
    throw new GivenArgumentError(`${item.name} is not payable`);
  }
  return { args: built, value: wei, open };
}

interface Place {
  readonly way: Way;
  readonly open: Open[];
  readonly named: Named;
}

function valueOf(parameter: AbiParameter, given: unknown, place: Place): unknown {
  const list = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (list !== null) {
    const [, type = "", length = ""] = list;
    if (!Array.isArray(given)) throw wrong(parameter, given);
    if (given.length > MOST_ITEMS || (length !== "" && given.length !== Number(length))) throw wrong(parameter, given);
    return given.map((one, at) => valueOf({ ...parameter, type }, one, { ...place, way: [...place.way, at] }));
  }
  if ("components" in parameter) return tupleOf(parameter, given, place);
  const [, kind, size = ""] = /^(u?int|bytes|address|bool|string|function)(\d*)$/.exec(parameter.type) ?? [];
  switch (kind) {
    case "uint":
    case "int": {
      const value = integerOf(parameter, given, place);
      // viem takes integers of up to 48 bits as numbers
      return size !== "" && Number(size) <= 48 ? Number(value) : value;
    }
    case "address":
      return addressOf(parameter, given, place);
    case "bool":
      if (typeof given !== "boolean") throw wrong(parameter, given);
      return given;
    case "string":
      if (typeof given !== "string" || given.length > MOST_TEXT) throw wrong(parameter, given);
      return given;
    case "bytes":
    case "function": {
      const bytes = kind === "function" ? 24 : size === "" ? undefined : Number(size);
      const isHex = typeof given === "string" && /^0x([\da-f]{2})*$/i.test(given) && given.length <= MOST_TEXT;
      if (!isHex || (bytes !== undefined && given.length !== 2 + 2 * bytes)) throw wrong(parameter, given);
      return given;
    }
    case undefined:
      throw wrong(parameter, given);
  }
}

function tupleOf(
  parameter: AbiParameter & { readonly components: readonly AbiParameter[] },
  given: unknown,
  place: Place,
): unknown {
  const { components } = parameter;
  const isNamed = components.every(({ name }) => name !== undefined && name !== "");
  if (typeof given !== "object" || given === null) throw wrong(parameter, given);
  const isList = Array.isArray(given);
  if (isList ? given.length !== components.length : !isNamed || Object.keys(given).length !== components.length) {
    throw wrong(parameter, given);
  }
  const values = components.map((component, at): [string, unknown] => {
    const key = component.name ?? "";
    const one: unknown = isList
      ? given[at]
      : Object.hasOwn(given, key)
        ? (given as Record<string, unknown>)[key]
        : undefined;
    return [key, valueOf(component, one, { ...place, way: [...place.way, isNamed ? key : at] })];
  });
  return isNamed ? Object.fromEntries(values) : values.map(([, value]) => value);
}

function integerOf(parameter: AbiParameter, given: unknown, { way, open }: Place): bigint {
  const [, kind, size = ""] = /^(u?int)(\d*)$/.exec(parameter.type) ?? [];
  const bits = size === "" ? 256 : Number(size);
  const [, word, percent] = typeof given === "string" ? (WORD.exec(given) ?? []) : [];
  if (word !== undefined || percent !== undefined) {
    const share = percent === undefined ? 1_000_000 : Math.round(Number(percent) * 10_000);
    if (kind === "int" || share > 1_000_000) throw wrong(parameter, given);
    open.push({ way, seeks: word === "least" ? "least" : "most", share, bits });
    return 1n;
  }
  const isNumber = typeof given === "number" && Number.isSafeInteger(given);
  const isText = typeof given === "string" && (DECIMAL.test(given) || HEXADECIMAL.test(given));
  if (!isNumber && !isText) throw wrong(parameter, given);
  const value = BigInt(given);
  const [least, most] =
    kind === "int" ? [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n] : [0n, 2n ** BigInt(bits) - 1n];
  if (value < least || value > most) throw wrong(parameter, given);
  return value;
}

function addressOf(parameter: AbiParameter, given: unknown, { named }: Place): Address {
  if (typeof given !== "string") throw wrong(parameter, given);
  if (isAddress(given, { strict: false })) return given.toLowerCase() as Address;
  const account = given.startsWith("@") ? named(given.slice(1)) : undefined;
  if (account === undefined) throw wrong(parameter, given);
  return account;
}

function wrong({ name = "", type }: AbiParameter, given: unknown): GivenArgumentError {
  return new GivenArgumentError(`${name === "" ? "an argument" : name} of type ${type} is ${shown(given)}`);
}
