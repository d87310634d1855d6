import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { Way } from "../../protocols/open-amount.js";
import type { TreeCall } from "./call-tree.js";
import type { Inside } from "./free-move.js";

import { amountsOfCall, withAmountsOfCall } from "../events/call-amounts.js";

import { isCalledBack, partsIn, REENTER } from "./call-tree.js";
import { callbacksIn, callbacksOf, hasSucceeded, isExhausted } from "./callback-log.js";
import { ANSWERS } from "./free-move.js";
import { DEFAULT_GAS, MAX_GAS } from "./intent.js";
import { refusalOf, refusalsIn } from "./refusals.js";

/**
 * One transaction, which the account sends to itself: it makes the outer call, and the inner ones in a callback, one after the other. One of those
 * that reverts does not keep the others from being made. All of them are its inner calls, the outer one first: so each is
 * printed and reduced like any other. One of those inside may be such a call itself, which waits for a callback of its own.
 *
 * @param how - how those inside are made; at once if `undefined`
 */
export function calledBack(
  self: Address,
  outer: ContractCall,
  how: Pick<Inside, "callback" | "answer"> | undefined,
  inside: readonly ContractCall[],
): { readonly call: ContractCall; readonly gas: bigint } {
  const { callback, answer } = how ?? AT_ONCE;
  const gas = DEFAULT_GAS * BigInt(2 + partsIn(inside).length);
  return {
    call: {
      to: self,
      function: REENTER,
      args: [callback, ANSWERS.indexOf(answer)],
      inner: [outer, ...inside],
    },
    gas: gas < MAX_GAS ? gas : MAX_GAS,
  };
}

const AT_ONCE = { callback: 1, answer: "nothing" } as const;

/** The call with simpler arguments, of itself or of those inside it that wait for a callback, too; `undefined` if nothing is simpler. */
export function simplerWaiting<CallT extends WaitingCall<InnerT>, InnerT extends WaitingCall<InnerT>>(
  call: CallT,
): CallT | undefined {
  if (!isCalledBack(call)) return undefined;
  const args = simplerArguments(call.args);
  if (args !== undefined) return { ...call, args };
  const { inner = [] } = call;
  for (const [place, made] of inner.entries()) {
    const simpler = simplerWaiting<InnerT, InnerT>(made);
    if (simpler !== undefined) return { ...call, inner: inner.with(place, simpler) };
  }
  return undefined;
}

interface WaitingCall<InnerT> extends TreeCall<InnerT> {
  readonly args: readonly unknown[];
}

/** The same arguments with a simpler answer or, if it is the simplest, for the first callback; `undefined` if nothing is simpler. */
function simplerArguments([callback, answer]: readonly unknown[]): readonly unknown[] | undefined {
  if (answer !== 0) return [callback, 0];
  return callback === 1 ? undefined : [1, 0];
}

/**
 * The calls of a successful transaction that succeeded: its own and all that it makes; of those that waited for a callback, only
 * those that were made in it and did not revert. One that returned an error code did not succeed.
 */
export function succeededCalls(
  call: ContractCall,
  self: Address,
  logs: Parameters<typeof callbacksIn>[0],
): readonly ContractCall[] {
  return madeCalls(call, self, logs).flatMap(({ call: one, code }) => (code === undefined ? [one] : []));
}

/** The calls of a successful transaction that did not revert, with the error codes that they returned. */
export function madeCalls(
  call: ContractCall,
  self: Address,
  logs: Parameters<typeof callbacksIn>[0],
): readonly { readonly call: ContractCall; readonly code: bigint | undefined }[] {
  const made = unrevertedCalls(call, self, logs);
  const refusals = refusalsIn(logs);
  return made.map((one) => ({ call: one, code: refusalOf(one, made, refusals) }));
}

function unrevertedCalls(
  call: ContractCall,
  self: Address,
  logs: Parameters<typeof callbacksIn>[0],
): readonly ContractCall[] {
  if (!isCalledBack(call)) return [call, ...(call.inner ?? [])];
  const callbacks = callbacksOf(call, self, callbacksIn(logs));
  const unreverted = (waiting: ContractCall): readonly ContractCall[] => {
    const callback = callbacks.get(waiting);
    // the first is the outer one
    return (waiting.inner ?? []).flatMap((made, index) => {
      if (index > 0 && !hasSucceeded(callback, index - 1)) return [];
      return isCalledBack(made) ? unreverted(made) : [made];
    });
  };
  return unreverted(call);
}

/** The calls of a successful transaction that reverted in a callback because they used all the gas that they had. */
export function exhaustedCalls(
  call: ContractCall,
  self: Address,
  logs: Parameters<typeof callbacksIn>[0],
): readonly ContractCall[] {
  if (!isCalledBack(call)) return [];
  const callbacks = callbacksOf(call, self, callbacksIn(logs));
  return [...callbacks].flatMap(([waiting, callback]) =>
    (waiting.inner ?? []).slice(1).flatMap((made, index) => {
      if (!isExhausted(callback, index)) return [];
      // of one that waits for a callback, what it made at once
      return isCalledBack(made) ? partsIn(made.inner).slice(0, 1) : [made];
    }),
  );
}

/** The call with what another moves as its amount: the coin that it sends, or else the last of its amounts. */
export function withAmountOf(other: ContractCall, call: ContractCall): ContractCall {
  const amount = amountOf(other);
  return amount === undefined ? call : withAmount(call, amount);
}

/** The place of what a call moves; `undefined` if it moves nothing. */
export function placeOfAmount({ function: item, args, value = 0n }: ContractCall): Way | undefined {
  return item.stateMutability === "payable" ? [] : amountsOfCall({ function: item, args, value }).at(-1)?.way;
}

function amountOf({ function: item, args, value = 0n }: ContractCall): bigint | undefined {
  return value > 0n ? value : amountsOfCall({ function: item, args, value }).at(-1)?.amount;
}

function withAmount(call: ContractCall, amount: bigint): ContractCall {
  const { to, function: item, args, value = 0n } = call;
  if (item.stateMutability === "payable") return { ...call, value: amount };
  const plain = { to, function: item, args, value };
  return withAmountsOfCall(plain, new Map(amountsOfCall(plain).map((leaf) => [leaf, amount])));
}
