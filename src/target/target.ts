import type { Abi, AbiFunction, Address } from "viem";

import type { AnyAbi } from "./abi.js";
import type { KnownCode } from "./known-code.js";
import type { TargetSource } from "./source.js";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";
import { shown } from "../options.js";

import { normaliseAbi, readAbi } from "./abi.js";

/** The contract that must survive, as the engine sees it. */
export interface ResolvedTarget {
  /** The contract's name in reports. */
  readonly name: string;
  readonly address: Address;
  readonly abi: Abi;
  /** Where `abi` comes from. Default: it was given. */
  readonly source?: TargetSource;
  /** Custom errors of the project's contracts, some of which the target may call. Default: none. */
  readonly errors?: Abi;
  /** The project's contracts that it can create in a run: they are called, too. Default: none. */
  readonly creates?: readonly KnownCode[];
  /** Functions of its code that `abi` does not have although the project's artifact does: they are not called. Default: none. */
  readonly missing?: readonly AbiFunction[];
}

/**
 * Anything with an address and an ABI: a viem contract, an ethers contract, or a plain object. Without `abi`, the ABI is
 * that of the project's artifact with the contract's code or, failing that, recovered from its bytecode. With an empty
 * `abi`, the target is only watched: no function of it is called.
 */
export type Target =
  | { readonly address: Address; readonly abi: AnyAbi; readonly name?: string }
  | { readonly address: Address; readonly abi?: undefined; readonly name?: string }
  | { readonly target: unknown; readonly interface: { formatJson(): string } };

const HINT =
  "Pass a viem contract, an ethers contract (deployed, so that its address is known), or { address, abi }, where abi is a list of JSON items or of signatures.";

/**
 * Turns what a user passes as a target into a {@link Target}.
 *
 * @param name - its name if the target itself has none
 * @throws SiegeError `INVALID_TARGET`
 */
export function resolveTarget(target: unknown, name: string): ResolvedTarget {
  if (typeof target === "object" && target !== null) {
    const { address, abi, name: own, target: ethersTarget, interface: ethersInterface } = target as Candidate;
    if (isUsable(address) && abi !== undefined) {
      const called = typeof own === "string" ? own : name;
      return { name: called, address, abi: readAbi(abi, called) };
    }
    if (isUsable(ethersTarget) && hasFormatJson(ethersInterface)) {
      // ethers formats its interface as an ABI
      return {
        name,
        address: ethersTarget,
        abi: normaliseAbi(JSON.parse(ethersInterface.formatJson()) as AnyAbi, name),
      };
    }
  }
  throw notAContract(target);
}

/**
 * The same for a target whose address has to be resolved: the address of an ethers contract may be an account, another
 * contract, or a name that its provider resolves.
 *
 * @throws SiegeError `INVALID_TARGET`
 */
export async function awaitTarget(target: unknown, name: string): Promise<ResolvedTarget> {
  if (typeof target !== "object" || target === null) return resolveTarget(target, name);
  const { target: ethersTarget, interface: ethersInterface } = target as Candidate;
  if (isUsable(ethersTarget) || !hasFormatJson(ethersInterface)) return resolveTarget(target, name);
  const source = [ethersTarget, target].find(hasGetAddress);
  return resolveTarget({ target: await addressOf(source, target), interface: ethersInterface }, name);
}

/** What a user passes as `{ address }`, without an ABI; `undefined` if it is anything else. */
export function addressOnly(target: unknown): { readonly address: Address; readonly name?: string } | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  const { address, abi, name, interface: ethersInterface } = target as Candidate;
  if (!isUsable(address) || abi !== undefined || hasFormatJson(ethersInterface)) return undefined;
  return { address, ...(typeof name === "string" ? { name } : {}) };
}

async function addressOf(source: { getAddress(): unknown } | undefined, target: object): Promise<unknown> {
  if (source === undefined) throw notAContract(target);
  try {
    return await source.getAddress();
  } catch (cause) {
    throw notAContract(target, cause);
  }
}

type Candidate = Readonly<Partial<Record<"address" | "abi" | "name" | "target" | "interface", unknown>>>;

function isUsable(value: unknown): value is Address {
  return typeof value === "string" && isAddress(value);
}

function hasFormatJson(value: unknown): value is { formatJson(): string } {
  return typeof (value as { formatJson?: unknown } | null | undefined)?.formatJson === "function";
}

function hasGetAddress(value: unknown): value is { getAddress(): unknown } {
  return typeof (value as { getAddress?: unknown } | null | undefined)?.getAddress === "function";
}

function notAContract(target: unknown, cause?: unknown): SiegeError {
  const only = addressOnly(target);
  if (only !== undefined) {
    return new SiegeError("INVALID_TARGET", {
      message: `The contract at ${only.address} is given without its ABI.`,
      hint: "Add `abi`: that of the compiled artifact, or a list of signatures.",
    });
  }
  const { address } = (target ?? {}) as Candidate;
  if (typeof address === "string") {
    return new SiegeError("INVALID_TARGET", {
      message: `The target's address is ${shown(address)}, which is none${isAddress(address, { strict: false }) ? ": its checksum is wrong" : ""}.`,
      hint: "Pass 20 bytes in hexadecimal digits, all of them in lower case or with their checksum.",
    });
  }
  const isPromise = typeof (target as { then?: unknown } | null | undefined)?.then === "function";
  return new SiegeError("INVALID_TARGET", {
    message: `The target is ${isPromise ? "a promise" : shown(target)}, not a contract.`,
    hint: isPromise ? "Await it: deploying a contract returns a promise." : HINT,
    cause,
  });
}
