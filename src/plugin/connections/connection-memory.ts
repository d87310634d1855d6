import type { JsonRpcRequest } from "hardhat/types/providers";
import type { Address } from "viem";

import type { IntervalMining } from "../../engine/chain/chain.js";

import { getAddress, isAddress } from "viem";

/**
 * What was set on a connection and cannot be read back from EDR. Neither survives or is undone by `evm_revert`, so what a
 * campaign changes it has to restore from here.
 */
interface ConnectionMemory {
  readonly impersonated: ReadonlySet<Address>;
  /** `undefined` if it was never set on this connection, so that the network's config applies. */
  readonly intervalMining: IntervalMining | undefined;
}

interface MutableMemory {
  readonly impersonated: Set<Address>;
  intervalMining: IntervalMining | undefined;
}

// keyed by connection rather than by id: ids start at 0 in each runtime environment, and a process may have several
const memories = new WeakMap<object, MutableMemory>();

/** The settings of this connection. The sets are live; copy what must not change. */
export function memoryOf(connection: object): ConnectionMemory {
  return memory(connection);
}

/** Whether a request changes a setting that {@link remember} records. Cheap, as it is asked about every request. */
export function isMemorable(method: string): boolean {
  return (
    method === "hardhat_impersonateAccount" ||
    method === "hardhat_stopImpersonatingAccount" ||
    method === "evm_setIntervalMining"
  );
}

/** Records a memorable request that succeeded. */
export function remember(connection: object, request: JsonRpcRequest): void {
  const parameter: unknown = Array.isArray(request.params) ? request.params[0] : undefined;
  const { impersonated } = memory(connection);
  switch (request.method) {
    case "hardhat_impersonateAccount":
      if (isAnyAddress(parameter)) impersonated.add(getAddress(parameter));
      break;
    case "hardhat_stopImpersonatingAccount":
      if (isAnyAddress(parameter)) impersonated.delete(getAddress(parameter));
      break;
    case "evm_setIntervalMining":
      memory(connection).intervalMining = toInterval(parameter);
      break;
  }
}

function memory(connection: object): MutableMemory {
  const known = memories.get(connection);
  if (known !== undefined) return known;
  const fresh: MutableMemory = { impersonated: new Set(), intervalMining: undefined };
  memories.set(connection, fresh);
  return fresh;
}

// users write addresses in any case, even with a wrong checksum; EDR accepts them all
function isAnyAddress(value: unknown): value is Address {
  return isAddress(String(value), { strict: false });
}

function toInterval(value: unknown): IntervalMining | undefined {
  if (typeof value === "number") return value;
  if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number") return [value[0], value[1]];
  return undefined;
}
