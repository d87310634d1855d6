import type { Address, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../../protocols/read-plan.js";

import { concatHex, numberToHex, pad, size, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";

import { LENS_CODE, PUPPET_CODE } from "./engine-bytecode.js";

/** The Lens's address during a read. contracts/Puppet.sol holds the same constant. */
export const LENS_ADDRESS: Address = "0x00000000000000000000000000000000051e6e1e";

/** Enough for the reads of a real block; EDR refuses calls above the transaction gas cap (EIP-7825). */
const LENS_GAS: Hex = numberToHex(16_777_216);

const NOT_SPLICED = 0xffff;
const ALL_GAS = 0xffffffff;

/** An `eth_call` with the code that replaces accounts' code while it runs. */
export interface LensCall {
  readonly to: Address;
  readonly data: Hex;
  readonly gas: Hex;
  readonly overrides: Readonly<Record<Address, { readonly code: Hex }>>;
}

/** Packs a plan into one call. The format is documented in contracts/Lens.sol. */
export function packReads(plan: ReadPlan<unknown>): LensCall {
  const groups = [plan.calls, ...plan.simulations];
  const puppets = new Set(plan.simulations.flat().flatMap(({ from }) => (from === undefined ? [] : [from])));
  return {
    to: LENS_ADDRESS,
    data: concatHex(groups.map(packGroup)),
    gas: LENS_GAS,
    overrides: {
      [LENS_ADDRESS]: { code: LENS_CODE },
      ...Object.fromEntries([...puppets].map((puppet) => [puppet, { code: PUPPET_CODE }])),
    },
  };
}

function packGroup(calls: readonly ReadCall[]): Hex {
  const body = concatHex([numberToHex(calls.length, { size: 2 }), ...calls.map(packCall)]);
  return concatHex([numberToHex(size(body), { size: 4 }), body]);
}

function packCall(call: ReadCall): Hex {
  return concatHex([
    pad(call.to, { size: 20 }),
    call.from ?? zeroAddress,
    numberToHex(call.splice?.from ?? NOT_SPLICED, { size: 2 }),
    numberToHex(call.splice?.offset ?? 0, { size: 4 }),
    numberToHex(call.gas ?? ALL_GAS, { size: 4 }),
    numberToHex(size(call.data), { size: 4 }),
    call.data,
  ]);
}

/** The raw results of a packed plan: one list for the plain reads, one for each simulation. */
export interface LensAnswer {
  readonly calls: readonly ReadResult[];
  readonly simulations: readonly (readonly ReadResult[])[];
}

const UNREAD: ReadResult = { success: false, data: "0x" };

/**
 * Unpacks the Lens's return data.
 *
 * @throws SiegeError `RPC_INVALID_RESPONSE` if the data is not in the Lens's format, `UNSUPPORTED_PROTOCOL` if a group ran out of gas
 */
export function unpackReads(plan: ReadPlan<unknown>, answer: Hex): LensAnswer {
  const planned = [plan.calls, ...plan.simulations];
  // positions count hex digits after 0x
  let at = 2;
  const number = (bytes: number): number => {
    const value = Number.parseInt(answer.slice(at, at + bytes * 2), 16);
    if (Number.isNaN(value)) throw nonsense(answer);
    at += bytes * 2;
    return value;
  };
  const groups = planned.map((calls): readonly ReadResult[] => {
    const count = calls.length;
    const length = number(4);
    // what is read within a limit is read if there is gas for it
    if (length === 0 && calls.every(({ gas }) => gas !== undefined)) return calls.map(() => UNREAD);
    if (length === 0 && count > 0) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: "The batched read of a block ran out of gas (16,777,216).",
        hint: "Watch fewer accounts, or judge fewer conditions in one scenario.",
      });
    }
    const results: ReadResult[] = [];
    for (let index = 0; index < count; index++) {
      const success = number(1) === 1;
      const digits = number(4) * 2;
      if (at + digits > answer.length) throw nonsense(answer);
      results.push({ success, data: `0x${answer.slice(at, at + digits)}` });
      at += digits;
    }
    return results;
  });
  if (at !== answer.length) throw nonsense(answer);
  return { calls: groups[0] ?? [], simulations: groups.slice(1) };
}

function nonsense(answer: Hex): SiegeError {
  return new SiegeError("RPC_INVALID_RESPONSE", {
    message: `The batched read returned ${answer.length / 2 - 1} bytes that are not in the Lens's format.`,
    hint: "This is a bug in the chain or in hardhat-siege; report it with the scenario.",
  });
}
