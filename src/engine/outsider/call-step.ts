import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { CallStep } from "../events/trace.js";

import { isSameAddress } from "../../quantity/address.js";
import { DEFAULT_GAS } from "../run/intent.js";

import { OUTSIDER_ADDRESS } from "./outsider.js";

/** A call as the last of a block. */
export function callStep(
  { to, function: item, args, value = 0n }: ContractCall,
  agent: string,
  block: number,
  gas: bigint = DEFAULT_GAS,
): CallStep {
  return { kind: "call", block, agent, to, function: item, args, value, tip: 0n, gas, note: undefined };
}

/** Whether an argument names the outsider. */
export function namesOutsider(arg: unknown): boolean {
  if (typeof arg === "string") return arg.length === OUTSIDER_ADDRESS.length && isOutsider(arg);
  if (Array.isArray(arg)) return (arg as readonly unknown[]).some(namesOutsider);
  return typeof arg === "object" && arg !== null && Object.values(arg).some(namesOutsider);
}

/** An argument with another account in the outsider's place. */
export function withAccount(arg: unknown, account: Address): unknown {
  if (typeof arg === "string") return isOutsider(arg) ? account : arg;
  if (Array.isArray(arg)) return (arg as readonly unknown[]).map((item) => withAccount(item, account));
  if (typeof arg !== "object" || arg === null) return arg;
  return Object.fromEntries(Object.entries(arg).map(([key, item]) => [key, withAccount(item, account)]));
}

function isOutsider(text: string): boolean {
  return isSameAddress(text as Address, OUTSIDER_ADDRESS);
}
