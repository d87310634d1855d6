import type { Address } from "viem";

import type { Action } from "../protocols/action.js";
import type { Token } from "../protocols/token.js";
import type { TargetActions } from "./actions.js";
import type { KnownCode } from "./known-code.js";

import { zeroAddress } from "viem";

import { choose } from "../quantity/share.js";

import { targetActions } from "./actions.js";

/**
 * The functions of contracts that are created during a run, as free moves. Their first operand chooses among those that exist by
 * then; without any, the move makes no sense yet.
 */
export function createdActions({ name, abi }: KnownCode, tokens: readonly Token[]): TargetActions {
  const at = (address: Address): TargetActions => targetActions({ name, address, abi }, tokens);
  const known = new Map<Address, readonly Action<unknown>[]>();
  const { actions, skipped } = at(zeroAddress);
  return {
    actions: actions.map((action, index) => ({
      ...action,
      operands: 1 + action.operands,
      build: ([which = 0, ...operands], context) => {
        const address = choose(which, context.created?.get(name) ?? []);
        if (address === undefined) return undefined;
        const own = known.get(address) ?? at(address).actions;
        known.set(address, own);
        return own[index]?.build(operands, context);
      },
    })),
    skipped,
  };
}
