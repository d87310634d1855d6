import type { Abi, Address } from "viem";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";

/** The contract that must survive, as the engine knows it. */
export interface ResolvedTarget {
  /** The contract's name in reports. */
  readonly name: string;
  readonly address: Address;
  readonly abi: Abi;
}

/** Anything with an address and an ABI: a viem contract, an ethers contract, or a plain object. */
export type Target =
  | { readonly address: Address; readonly abi: Abi; readonly name?: string }
  | {
      readonly target: unknown;
      readonly interface: { formatJson(): string };
    };

/**
 * Understands what a user passes as a target.
 *
 * @param name - what to call it where the target itself has no name
 * @throws SiegeError `INVALID_TARGET`
 */
export function resolveTarget(target: unknown, name: string): ResolvedTarget {
  if (typeof target === "object" && target !== null) {
    const candidate = target as Partial<Record<"address" | "abi" | "name" | "target" | "interface", unknown>>;
    if (typeof candidate.address === "string" && isAddress(candidate.address) && Array.isArray(candidate.abi)) {
      return {
        name: typeof candidate.name === "string" ? candidate.name : name,
        address: candidate.address,
        // an ABI is a list of items; encoding checks each item that is used
        abi: candidate.abi as Abi,
      };
    }
    const abiOf = candidate.interface as { formatJson?: unknown } | undefined;
    if (
      typeof candidate.target === "string" &&
      isAddress(candidate.target) &&
      typeof abiOf?.formatJson === "function"
    ) {
      return {
        name,
        address: candidate.target,
        abi: JSON.parse((abiOf as { formatJson(): string }).formatJson()) as Abi,
      };
    }
  }
  throw new SiegeError("INVALID_TARGET", {
    message: `The target is ${describe(target)}, not a contract.`,
    hint: "Pass a viem contract, an ethers contract (deployed, so that its address is known), or { address, abi }.",
  });
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the string "${value.slice(0, 60)}"`;
  if (typeof value === "object")
    return `an object with ${Object.keys(value).slice(0, 6).join(", ") || "no properties"}`;
  return `of type ${typeof value}`;
}
