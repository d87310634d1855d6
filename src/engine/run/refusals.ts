import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { BoundWorld } from "../world/bound-world.js";

import { hexToBigInt, size, slice } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { errorCodeOf, FAILURE_TOPIC } from "../../target/error-codes.js";

/** A call that a contract refused by returning an error code. */
export interface Refusal {
  readonly contract: Address;
  readonly code: bigint;
}

/** Which word of what a call returns is an error code; `undefined` if none is. */
export function errorCodeIn({ errorCodes }: Pick<BoundWorld, "errorCodes">, call: ContractCall): number | undefined {
  return errorCodes.has(addressKey(call.to)) ? errorCodeOf(call.function) : undefined;
}

/** The refusals that a receipt's logs tell of. */
export function refusalsIn(
  logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[],
): readonly Refusal[] {
  return logs.flatMap(({ address, topics: [topic], data }) =>
    topic === FAILURE_TOPIC && size(data) === 96 ? [{ contract: address, code: hexToBigInt(slice(data, 0, 32)) }] : [],
  );
}

/**
 * The error code that a call returned, among those that one transaction makes. Where some of its calls of a contract were refused and
 * some not, it is not known which.
 */
export function refusalOf(
  call: ContractCall,
  made: readonly ContractCall[],
  refusals: readonly Refusal[],
): bigint | undefined {
  if (refusals.length === 0 || errorCodeOf(call.function) === undefined) return undefined;
  const its = refusals.filter(({ contract }) => isSameAddress(contract, call.to));
  const calls = made.filter(({ to }) => isSameAddress(to, call.to));
  return its.length < calls.length ? undefined : its.at(-1)?.code;
}
