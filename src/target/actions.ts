import type { AbiFunction } from "viem";

import type { Action } from "../protocols/action.js";
import type { Token } from "../protocols/token.js";
import type { KnownFunction, Surroundings } from "./arguments/surroundings.js";
import type { ResolvedTarget } from "./target.js";

import { erc20Abi, toFunctionSignature } from "viem";

import { isSameAddress } from "../quantity/address.js";

import { callOf, guesses, operandsOf } from "./arguments/arguments.js";
import { givenCall } from "./arguments/given.js";
import { subjectsOf } from "./arguments/subjects.js";
import { thingsOf } from "./arguments/things.js";
import { plainCalls, reasonToSkip } from "./calls.js";
import { unencodableIn } from "./encodable.js";
import { functionsOf, stateChanging } from "./functions.js";

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

/** Functions of tokens that mostly change nothing that the rest of a contract looks at; not a transfer between numbered accounts. */
const SELDOM: ReadonlySet<string> = new Set([
  "approve(address,uint256)",
  "increaseAllowance(address,uint256)",
  "decreaseAllowance(address,uint256)",
  "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
  "setApprovalForAll(address,bool)",
  "transfer(address,uint256)",
  "transferFrom(address,address,uint256)",
  "safeTransferFrom(address,address,uint256)",
  "safeTransferFrom(address,address,uint256,bytes)",
]);

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
 *
 * @param contracts - all contracts under siege: arguments of type `bytes` may be calls of the others
 */
export function targetActions(
  target: ResolvedTarget,
  tokens: readonly Token[],
  contracts: readonly ResolvedTarget[] = [],
): TargetActions {
  const judged = stateChanging(target.abi).map((item) => ({ item, because: reasonToSkip(item) }));
  const around = {
    target: target.address,
    tokens,
    things: thingsOf(target.abi),
    functions: [...callableOf(target), ...movingFunctions(tokens)],
    others: contracts.filter(({ address }) => !isSameAddress(address, target.address)).flatMap(callableOf),
  };
  const called = judged.flatMap(({ item, because }) => (because === undefined ? [item] : []));
  return {
    actions: [...called.map((item) => actionOf(item, nameOf(item, called), around)), ...plainCalls(target, tokens)],
    skipped: judged.flatMap(({ item, because }) =>
      because === undefined ? [] : [{ function: toFunctionSignature(item), because }],
    ),
  };
}

function actionOf(
  item: AbiFunction,
  name: string,
  around: Omit<Surroundings, "context" | "inner" | "open">,
): Action<unknown> {
  return {
    name,
    operands: operandsOf(item),
    ordinary: ORDINARY.has(item.name),
    choosesKinds: true,
    ...(SELDOM.has(toFunctionSignature(item)) ? { seldom: true } : {}),
    subjects: subjectsOf(item, around.things),
    ...(guesses(item, around.things) ? { guesses: true } : {}),
    exact: { item, build: (given, context) => givenCall(item, given, around, context) },
    build: (operands, context) => callOf(item, operands, around, context),
  };
}

/** The functions of a contract that an argument of type `bytes` may call. */
function callableOf({ address, abi }: ResolvedTarget): readonly KnownFunction[] {
  return stateChanging(abi)
    .filter((item) => unencodableIn(item.inputs) === undefined)
    .map((item) => ({ to: address, item }));
}

function movingFunctions(tokens: readonly Token[]): readonly KnownFunction[] {
  const moving = functionsOf(erc20Abi).filter(({ name }) => /^(approve|transfer|transferFrom)$/.test(name));
  return tokens.flatMap((token) => moving.map((item) => ({ to: token.address, item })));
}

/** `withdraw`, or `withdraw(uint256,address)` if the ABI has overloads; structs as in `open((uint256,address))`. */
function nameOf(item: AbiFunction, functions: readonly AbiFunction[]): string {
  const overloaded = functions.filter(({ name }) => name === item.name).length > 1;
  return overloaded ? toFunctionSignature(item) : item.name;
}
