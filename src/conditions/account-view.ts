import type { AbiFunction, Address } from "viem";

import type { ReadCall } from "../protocols/read-plan.js";
import type { ConditionTarget } from "./condition.js";

import { encodeFunctionData, isAddress, toFunctionSignature, zeroAddress } from "viem";

import { oneOf, SiegeError } from "../errors.js";
import { requireKnown, requireText, shown } from "../options.js";
import { functionsOf, isView, readCall } from "../target/functions.js";
import { accountOf } from "../view/accounts.js";

/** The account that a call is about, where an argument names it. */
export const ACCOUNT = "account";

/** An argument of a view: a value; for an address, also `"account"`, the account that it is asked about, or an account's name. */
export type ViewValue = bigint | boolean | number | string;

/** A view of the target: its name, or its signature; or both with its arguments, if it takes more than the account. */
export type ViewOf = string | { readonly function: string; readonly args?: readonly ViewValue[] };

/** A view that is asked about an account. */
export interface AccountView {
  readonly item: AbiFunction;
  /** Absent: every address that it takes is the account. */
  readonly args?: readonly unknown[];
}

/**
 * A function that an option names.
 *
 * @param name - `withdraw`, or `withdraw(uint256)` where there are several
 * @throws SiegeError `UNSUPPORTED_TARGET`
 */
export function functionNamed(owner: string, target: ConditionTarget, name: string): AbiFunction {
  const functions = functionsOf(target.abi);
  const found = functions.filter(
    (item) => item.name === name || toFunctionSignature(item) === name.replaceAll(" ", ""),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new SiegeError("UNSUPPORTED_TARGET", {
    message: `${owner} needs ${name} of ${target.name}, ${only === undefined ? "whose ABI does not have it" : "which has several of that name"}.`,
    hint: oneOf(
      (only === undefined ? functions : found).map((item) => toFunctionSignature(item)),
      "The ABI has no functions; check that it is the contract's complete ABI.",
    ),
  });
}

/**
 * A view with the arguments that it is asked with. Without any, it takes addresses alone, each of which is the account, or nothing.
 *
 * @param accounts - whom arguments may name
 * @throws SiegeError `UNSUPPORTED_TARGET`; `INVALID_OPTION` if the arguments do not fit it, `UNKNOWN_ACCOUNT`
 */
export function accountView(
  owner: string,
  target: ConditionTarget,
  view: ViewOf,
  accounts: ReadonlyMap<string, Address>,
): AccountView {
  const { function: name, args } = typeof view === "string" ? { function: view, args: undefined } : view;
  const item = functionNamed(owner, target, name);
  const isPlain = item.inputs.every(({ type }) => type === "address");
  if (!isView(item) || (args === undefined && !isPlain)) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${owner} cannot read ${toFunctionSignature(item)} of ${target.name}: ${isView(item) ? "it takes something other than an account" : "it is no view"}.`,
      hint: isView(item)
        ? `Say what else it takes: { function: "${item.name}", args: [${item.inputs.map(exampleOf).join(", ")}] }; or name one whose arguments are addresses.`
        : "Name a view: balanceOf(address).",
    });
  }
  if (args === undefined) return { item };
  const values = item.inputs.map(({ type }, index) => {
    const value = args[index];
    if (type !== "address" || typeof value !== "string" || value === ACCOUNT || isAddress(value)) return value;
    return accountOf(accounts, value);
  });
  const placed = { item, args: values };
  requireFitting(owner, placed, args.length);
  return placed;
}

/** The call of a view about an account. */
export function viewCall(target: ConditionTarget, view: AccountView, account: Address): ReadCall {
  return readCall(target.address, view.item, argumentsFor(view, account));
}

/** The same, decoded. */
export function viewOf(
  target: Pick<ConditionTarget, "address">,
  view: AccountView,
  account: Address,
): { readonly to: Address; readonly function: AbiFunction; readonly args: readonly unknown[] } {
  return { to: target.address, function: view.item, args: argumentsFor(view, account) };
}

/**
 * Checks an option that is a {@link ViewOf}.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireViewOf(owner: string, option: string, view: unknown): void {
  if (typeof view !== "object" || view === null) {
    requireText(owner, option, view);
    return;
  }
  requireKnown(`${owner}: ${option}`, view, ["function", "args"]);
  requireText(`${owner}: ${option}`, "function", (view as { readonly function?: unknown }).function);
  requireArguments(owner, option, (view as { readonly args?: unknown }).args);
}

/** Checks the arguments of a view. @throws SiegeError `INVALID_OPTION` */
export function requireArguments(owner: string, option: string, args: unknown): void {
  if (args === undefined || Array.isArray(args)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "args" of "${option}" is ${shown(args)}, which is not a list.`,
    hint: `List all of its arguments, with "${ACCOUNT}" for the account: args: [token, "${ACCOUNT}"].`,
  });
}

function argumentsFor({ item, args }: AccountView, account: Address): readonly unknown[] {
  if (args === undefined) return item.inputs.map(() => account);
  return args.map((value, index) => (item.inputs[index]?.type === "address" && value === ACCOUNT ? account : value));
}

function requireFitting(owner: string, view: AccountView, given: number): void {
  const { item } = view;
  const hint = `Pass all of its arguments, for example args: [${item.inputs.map(exampleOf).join(", ")}].`;
  if (given !== item.inputs.length) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: args has ${given} of the ${item.inputs.length} arguments of ${toFunctionSignature(item)}.`,
      hint,
    });
  }
  try {
    encodeFunctionData({ abi: [item], functionName: item.name, args: argumentsFor(view, zeroAddress) });
  } catch (cause) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner}: ${toFunctionSignature(item)} cannot be called with ${(view.args ?? []).map(shown).join(", ")}.`,
      hint,
      cause,
    });
  }
}

/** The last address is the account: `debtOf(token, account)`. */
function exampleOf(
  { type, name }: AbiFunction["inputs"][number],
  index: number,
  inputs: AbiFunction["inputs"],
): string {
  const isLast = inputs.findLastIndex((input) => input.type === "address") === index;
  if (isLast) return `"${ACCOUNT}"`;
  return name === undefined || name === "" ? type : name;
}
