import type { AbiFunction, AbiParameter, Address } from "viem";

import type { ReadCall } from "../protocols/read-plan.js";
import type { AccountView, ViewValue } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { ConditionTarget } from "./condition.js";

import { encodeFunctionData, isAddress, toFunctionSignature } from "viem";

import { SiegeError } from "../errors.js";
import { shown } from "../options.js";
import { accountOf } from "../view/accounts.js";

import { ACCOUNT, accountView, functionNamed } from "./account-view.js";

/** The first argument's offset in calldata: after the selector. */
const SELECTOR = 4;

const WORD = 32;

/** A number that a view of the target returns for the account: `{ view: "maxWithdraw" }`. */
export interface ViewArgument {
  /** Its name, or its signature. */
  readonly view: string;
  /**
   * Its arguments, if it takes more than the account: `{ view: "debtOf", args: [token, "account"] }`. Default: every address that
   * it takes is the account.
   */
  readonly args?: readonly ViewValue[];
}

/**
 * An argument of a simulated call: a value; for an address, `"account"`, or the name of another account; or the number that a
 * view of the target returns, which one argument of a call may be.
 */
export type SimulatedArgument = bigint | boolean | number | string | ViewArgument;

/** A function of the target with the arguments that it is simulated with. */
export interface SimulatedFunction {
  readonly item: AbiFunction;
  readonly args: readonly SimulatedArgument[];
  /** The view whose number is one of the arguments, if there is one. */
  readonly view: AccountView | undefined;
}

/** Roles that addresses among the arguments may name, besides the scenario's accounts. */
export type Cast = ReadonlyMap<string, Address>;

/**
 * A function with its arguments, checked.
 *
 * @param owner - the condition's id
 * @param standIn - what takes the place of arguments that are not given; `undefined`: they must be
 * @throws SiegeError `UNSUPPORTED_TARGET` if the target has no such function or view, `INVALID_OPTION` if the arguments do not
 * fit it, `UNKNOWN_ACCOUNT` if those of the view name none
 */
export function simulatedFunction(
  owner: string,
  target: ConditionTarget,
  {
    name,
    args,
    accounts,
  }: {
    readonly name: string;
    readonly args: readonly SimulatedArgument[] | undefined;
    readonly accounts: ReadonlyMap<string, Address>;
  },
  standIn: (item: AbiFunction) => readonly (SimulatedArgument | undefined)[] = accountsOnly,
): SimulatedFunction {
  const item = functionNamed(owner, target, name);
  const signature = toFunctionSignature(item);
  const given = args ?? standIn(item);
  const missing = given.findIndex((argument) => argument === undefined);
  if (missing !== -1 || given.length !== item.inputs.length) {
    throw new SiegeError("INVALID_OPTION", {
      message:
        missing === -1
          ? `${owner}: args has ${given.length} of the ${item.inputs.length} arguments of ${signature}.`
          : `${owner} does not know what to call ${signature} with: nothing says what its ${item.inputs[missing]?.type ?? ""} is.`,
      hint: `Pass all of its arguments, for example args: [${item.inputs.map(exampleOf).join(", ")}].`,
    });
  }
  const complete = given.flatMap((argument) => argument ?? []);
  const views = complete.filter(isView);
  if (views.length > 1) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: args takes ${views.map(({ view }) => view).join(" and ")} from views, but one argument can be taken from one.`,
      hint: "Pass the others as numbers.",
    });
  }
  const [view] = views;
  const simulated = {
    item,
    args: complete,
    view:
      view === undefined
        ? undefined
        : accountView(owner, target, { function: view.view, ...(view.args && { args: view.args }) }, accounts),
  };
  return simulated;
}

/** Every address is the account; nothing else has a default. */
function accountsOnly({ inputs }: AbiFunction): readonly (SimulatedArgument | undefined)[] {
  return inputs.map(({ type }) => (type === "address" ? ACCOUNT : undefined));
}

/**
 * The call for an account.
 *
 * @param from - who makes it
 * @param viewAt - the position in its group of the call that returns the argument from a view
 * @throws SiegeError `INVALID_OPTION` if an argument is not of its type, `UNKNOWN_ACCOUNT`
 */
export function simulatedCall(
  owner: string,
  target: ConditionTarget,
  { item, args }: SimulatedFunction,
  {
    from,
    cast,
    accounts,
    viewAt,
  }: {
    readonly from: Address;
    readonly cast: Cast;
    readonly accounts: ReadonlyMap<string, Address>;
    readonly viewAt: number;
  },
): ReadCall {
  const { values, viewAs: at } = placed({ item, args }, cast, accounts);
  const data = encoded(owner, item, values);
  if (at === undefined) return { to: target.address, data, from };
  return { to: target.address, data, from, splice: { from: viewAt, offset: argumentOffset(item, at) } };
}

/** Where in its call's data an argument stands that is one word, bytes. */
export function argumentOffset({ inputs }: AbiFunction, at: number): number {
  return SELECTOR + WORD * inputs.slice(0, at).reduce((sum, input) => sum + headWords(input), 0);
}

/** The arguments of the call for an account, and which of them a view returns: anything of its type is in its place. */
export function placed(
  { item, args }: Pick<SimulatedFunction, "args" | "item">,
  cast: Cast,
  accounts: ReadonlyMap<string, Address>,
): { readonly values: readonly unknown[]; readonly viewAs: number | undefined } {
  const values = item.inputs.map(({ type }, index) => {
    const argument = args[index];
    if (isView(argument)) return 0n;
    if (type !== "address" || typeof argument !== "string" || isAddress(argument)) return argument;
    return cast.get(argument) ?? accountOf(accounts, argument);
  });
  const at = args.findIndex(isView);
  return { values, viewAs: at === -1 ? undefined : at };
}

/** How a call is written in a report: `withdraw(1,000, alice)`. @param amount - what the view returned */
export function callText({ item, args }: SimulatedFunction, account: NamedAccount, amount: bigint | undefined): string {
  const values = args.map((argument) => {
    if (isView(argument)) return amount === undefined ? argument.view : amount.toLocaleString("en-US");
    return argument === ACCOUNT ? account.name : String(argument);
  });
  return `${item.name}(${values.join(", ")})`;
}

/** The cast of a call that only concerns one account. */
export function castOf({ address }: NamedAccount): Cast {
  return new Map([[ACCOUNT, address]]);
}

function encoded(owner: string, item: AbiFunction, values: readonly unknown[]): ReadCall["data"] {
  try {
    return encodeFunctionData({ abi: [item], functionName: item.name, args: values });
  } catch (cause) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: ${toFunctionSignature(item)} cannot be called with ${values.map(shown).join(", ")}.`,
      hint: `Pass arguments of its types, for example args: [${item.inputs.map(exampleOf).join(", ")}].`,
      cause,
    });
  }
}

function isView(argument: SimulatedArgument | undefined): argument is ViewArgument {
  return typeof argument === "object";
}

/** How many words of a call's head a parameter takes (https://docs.soliditylang.org/en/latest/abi-spec.html). */
function headWords(input: AbiParameter): number {
  const array = /^(.*)\[(\d*)\]$/.exec(input.type);
  if (array !== null) {
    const element = { ...input, type: array[1] ?? "" };
    return array[2] === "" || isDynamic(element) ? 1 : Number(array[2]) * headWords(element);
  }
  if (!("components" in input) || isDynamic(input)) return 1;
  return input.components.reduce((sum, part) => sum + headWords(part), 0);
}

function isDynamic(input: AbiParameter): boolean {
  const { type } = input;
  if (type === "bytes" || type === "string" || type.endsWith("[]")) return true;
  if (type.endsWith("]")) return isDynamic({ ...input, type: type.slice(0, type.lastIndexOf("[")) });
  return "components" in input && input.components.some(isDynamic);
}

function exampleOf({ type, name }: AbiParameter): string {
  if (type === "address") return `"${ACCOUNT}"`;
  if (type.startsWith("uint")) return '{ view: "balanceOf" }';
  return name === undefined || name === "" ? type : name;
}
