import type { AbiFunction, AbiParameter } from "viem";

import type { ActionContext } from "../../protocols/action.js";
import type { OpenAmount, OpenCall, Way } from "../../protocols/open-amount.js";
import type { Beside } from "./beside.js";
import type { InnerCall, Surroundings } from "./surroundings.js";
import type { Things } from "./things.js";

import { concatHex } from "viem";

import { NOTHING_KNOWN } from "../../protocols/known-values.js";
import { choose, fraction } from "../../quantity/share.js";

import { account, ACCOUNT_OPERANDS } from "./account.js";
import { amountsToTry } from "./amounts.js";
import { besideItem, namesSomebody, NOBODY, theirNumbers } from "./beside.js";
import { bytes, BYTES_OPERANDS, encoded, text, TEXT_OPERANDS, word, WORD_OPERANDS } from "./bytes.js";
import { elementOf } from "./element.js";
import { addressed } from "./inner-calls.js";
import { integer, INTEGER_OPERANDS, shareOf } from "./integer.js";
import { Operands } from "./operands.js";
import { lastInteger, roleOf } from "./role.js";
import { sendable } from "./sendable.js";

/** The most amounts of a call that are sought besides one. */
const MOST_OTHERS = 2;

/** Operands of a list: its length, and one from which those of its items follow. */
const LIST_OPERANDS = 2;

/** Operands of the value that a payable call sends along. */
const VALUE_OPERANDS = 3;

/** Lengths of lists, the more common ones more often. */
const LENGTHS = [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 1, 2, 4, 5, 0, 1, 3, 8];

/** One item in three is one that the list has already: whoever sums up a list before acting on it may count it twice. */
const REPEATED = 333_333;

/** Where a payable call's value comes from. */
const OF_VALUE = { zero: 22, amount: 20, most: 16, least: 12, known: 16, held: 14 };

/** The weight of what is known of an account that the call names: its debt, where it is repaid. */
const OF_NAMED = 16;

/** One call in so many that is an argument may go anywhere, whatever contract has its function. */
const ANY_TARGET = 8;

/** The number of operands that a function takes. */
export function operandsOf({ inputs, stateMutability }: AbiFunction): number {
  return inputs.reduce(
    (sum, input) => sum + operandsOfParameter(input),
    stateMutability === "payable" ? VALUE_OPERANDS : 0,
  );
}

/** Whether an argument of a function seems to be an id or a price: which one, or in which unit, is a guess. */
export function guesses({ inputs }: Pick<AbiFunction, "inputs">, things: Things): boolean {
  const last = lastInteger(inputs);
  return inputs.some((input, index) => {
    const [, bits] = /^uint(\d*)(\[\d*\])?$/.exec(input.type) ?? [];
    if (bits === undefined) return false;
    const role = roleOf(input, bits === "" ? 256 : Number(bits), index === last, things);
    return role === "id" || role === "price";
  });
}

/** The number of operands that a parameter takes. */
export function operandsOfParameter(parameter: AbiParameter): number {
  if (elementOf(parameter) !== undefined) return LIST_OPERANDS;
  if ("components" in parameter) {
    return parameter.components.reduce((sum, component) => sum + operandsOfParameter(component), 0);
  }
  if (/^u?int/.test(parameter.type)) return INTEGER_OPERANDS;
  if (parameter.type === "address" || parameter.type === "function") return ACCOUNT_OPERANDS;
  if (parameter.type === "bytes") return BYTES_OPERANDS;
  if (parameter.type === "string") return TEXT_OPERANDS;
  return parameter.type === "bool" ? 1 : WORD_OPERANDS;
}

/** Builds a call from operands and what is known in the state of the moment. */
export function callOf(
  item: AbiFunction,
  values: readonly number[],
  surroundings: Omit<Surroundings, "inner" | "open" | "context">,
  context: ActionContext<unknown>,
): OpenCall {
  const drawn: OpenAmount[] = [];
  const inner: InnerCall[] = [];
  const around = {
    ...surroundings,
    context: { ...context, known: context.known ?? NOTHING_KNOWN },
    inner,
    open: drawn,
  };
  const operands = Operands.of(values);
  const drawnArgs = argumentsOf(item, operands, around);
  const { args, open } = addressed(item.inputs, { args: drawnArgs, open: drawn }, inner);
  const made = { to: surroundings.target, function: item, args };
  const beside = item.inputs.flatMap((input, index) => (namesSomebody(input) ? [drawnArgs[index]] : []));
  const value =
    item.stateMutability === "payable"
      ? valueOf(operands, { ...around, open: [...open] }, theirNumbers(beside, around))
      : undefined;
  // of several open amounts, the last is sought first: what comes before it are limits, and what it depends on
  const last = open.at(-1);
  const chosen = value?.open ?? last;
  const isPaid = value?.isAmount === true && chosen?.isNegative !== true;
  const others = open.filter((amount) => amount !== chosen).slice(-MOST_OTHERS);
  const next = others.reduce<OpenAmount | undefined>((after, amount) => followedBy(amount, after), undefined);
  const sought = chosen === undefined ? undefined : followedBy(chosen, next);
  return {
    ...made,
    ...(value === undefined ? {} : { value: value.wei }),
    ...(sought === undefined ? {} : { open: isPaid ? paid(sought, around) : sought }),
  };
}

function followedBy(open: OpenAmount, next: OpenAmount | undefined): OpenAmount {
  return next === undefined ? open : { ...open, next };
}

function argumentsOf(item: AbiFunction, operands: Operands, surroundings: Surroundings): readonly unknown[] {
  const last = lastInteger(item.inputs);
  const lists: { length?: number } = {};
  return together(item.inputs, operands, surroundings, (index, beside) => ({
    way: [index],
    isLast: index === last,
    lists,
    beside,
  }));
}

/** The values of parameters that stand side by side: addresses first, since numbers may be about them. */
function together(
  parameters: readonly AbiParameter[],
  operands: Operands,
  surroundings: Surroundings,
  placeOf: (index: number, beside: Beside) => Place,
): readonly unknown[] {
  const own = parameters.map((parameter) =>
    Operands.of(Array.from({ length: operandsOfParameter(parameter) }, () => operands.next())),
  );
  const values: unknown[] = [];
  const fill = (isFirst: boolean, beside: Beside): void => {
    for (const [index, parameter] of parameters.entries()) {
      const operandsOfIt = own[index];
      if (operandsOfIt === undefined || namesSomebody(parameter) !== isFirst) continue;
      values[index] = argument(parameter, operandsOfIt, surroundings, placeOf(index, beside));
    }
  };
  fill(true, NOBODY);
  fill(
    false,
    parameters.flatMap((parameter, index) => (namesSomebody(parameter) ? [values[index]] : [])),
  );
  return values;
}

interface Place {
  readonly way: Way;
  readonly isLast: boolean;
  /** The length of the call's lists: those of one call belong together. */
  readonly lists: { length?: number };
  /** The addresses that the call names beside it. */
  readonly beside: Beside;
}

function argument(parameter: AbiParameter, operands: Operands, surroundings: Surroundings, place: Place): unknown {
  const element = elementOf(parameter);
  if (element !== undefined) {
    const drawn = operands.pick(LENGTHS) ?? 1;
    const derived = operands.derived();
    const length = element.length ?? (place.lists.length ??= drawn);
    const items: unknown[] = [];
    for (let index = 0; index < length; index++) {
      const repeats = index > 0 && derived.next() < REPEATED;
      items.push(
        repeats
          ? derived.pick(items)
          : argument(element.parameter, derived, surroundings, {
              ...place,
              way: [...place.way, index],
              beside: besideItem(place.beside, index),
            }),
      );
    }
    return items;
  }
  if ("components" in parameter) {
    const isNamed = parameter.components.every(({ name }) => name !== undefined && name !== "");
    const last = lastInteger(parameter.components);
    const values = together(parameter.components, operands, surroundings, (index, beside) => ({
      ...place,
      way: [...place.way, isNamed ? (parameter.components[index]?.name ?? "") : index],
      isLast: index === last,
      beside: [...place.beside, ...beside],
    }));
    if (!isNamed) return values;
    return Object.fromEntries(parameter.components.map(({ name = "" }, index) => [name, values[index]]));
  }
  const [, kind, size = ""] = /^(u?int|bytes|address|bool|string|function)(\d*)$/.exec(parameter.type) ?? [];
  switch (kind) {
    case "uint":
    case "int":
      return integer(parameter, operands, surroundings, place);
    case "address":
      return account(parameter, operands, surroundings);
    case "bool":
      return operands.next() >= 500_000;
    case "bytes":
      return size === ""
        ? bytes(operands, surroundings, calldataAt(place.way))
        : word(Number(size), operands, surroundings, parameter.name);
    case "function":
      // an address and a selector; 0 is a function that no contract has
      return concatHex([account(parameter, operands, surroundings), "0x00000000"]);
    case "string":
    case undefined:
      return text(operands, surroundings);
  }
}

/** A call of a known function, as an argument at a place. Its amounts are guesses. */
function calldataAt(way: Way) {
  return (operands: Operands, surroundings: Surroundings, which: number): ReturnType<typeof encoded> => {
    const { functions, others = [] } = surroundings;
    const isElsewhere = others.length > 0 && which % 2 === 1;
    const chosen = choose(which, isElsewhere ? others : functions);
    if (chosen === undefined) return undefined;
    const { to, item } = chosen;
    // calls within calls within calls would never end
    const around = { ...surroundings, functions: [], others: [], inner: [], open: [] };
    const data = encoded({ to, function: item, args: argumentsOf(item, operands, around) });
    if (which % ANY_TARGET !== 0) surroundings.inner.push({ to, item, way });
    return data;
  };
}

/** An amount that is sent along, as far as its sender has it. */
function paid(open: OpenAmount, { context }: Surroundings): OpenAmount {
  const most = sendable(context.known, context.self);
  const amounts = open.amounts.map((amount) => (amount > most ? most : amount));
  return { ...open, isValue: true, amounts: [...new Set(amounts)] };
}

interface Value {
  readonly wei: bigint;
  readonly open?: OpenAmount;
  /** Whether it is the open amount of the arguments. */
  readonly isAmount?: true;
}

function valueOf(operands: Operands, surroundings: Surroundings, theirs: readonly bigint[]): Value {
  const { context, open } = surroundings;
  const { known, self } = context;
  const source = operands.kind<keyof typeof OF_VALUE | "theirs">({
    ...OF_VALUE,
    ...(theirs.length === 0 ? {} : { theirs: OF_NAMED }),
  } as Record<keyof typeof OF_VALUE | "theirs", number>);
  const which = operands.next();
  const share = operands.next();
  const most = sendable(known, self);
  const capped = (wei: bigint): bigint => (wei > most ? most : wei);
  switch (source) {
    case "zero":
      return { wei: 0n };
    case "amount":
      return open.length === 0 ? { wei: fraction(shareOf(share), most) } : { wei: 0n, isAmount: true };
    case "known": {
      const numbers = [...known.numbers, ...known.of(self), ...known.seen];
      return {
        wei: capped(choose(which, numbers) ?? 0n),
      };
    }
    case "theirs":
      return { wei: capped(choose(which, theirs) ?? 0n) };
    case "held":
      return { wei: fraction(shareOf(share), most) };
    case "most":
    case "least": {
      const tried = amountsToTry(source, surroundings, most, Operands.from(which), theirs);
      const amounts = source === "most" ? [most, ...tried] : [...tried, most];
      const asked = source === "most" ? shareOf(share) : 1_000_000;
      return { wei: 0n, open: { way: [], isValue: false, seeks: source, share: asked, amounts, steps: 60 } };
    }
  }
}
