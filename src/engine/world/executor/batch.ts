import type { Address, Hex } from "viem";

import type { Log } from "../../chain/transaction.js";
import type { BatchedCall, CallReceipt, CallResult, Inclusion, PlacedCall } from "./executor.js";

import { SiegeError } from "../../../errors.js";
import { encodeCall } from "../../../protocols/call.js";
import { isSameAddress } from "../../../quantity/address.js";
import { upfrontCost } from "../../chain/transaction.js";

import { descending } from "./fees.js";

/** The Sequencer's address in worlds that run batched. Its last bit tells it from the Lens, see contracts/Puppet.sol. */
export const SEQUENCER_ADDRESS: Address = "0x00000000000000000000000000000000051e6e1f";

/** The account whose code is the read plan. contracts/Sequencer.sol holds the same constant. */
export const READ_PLAN_ADDRESS: Address = "0x00000000000000000000000000000000051e6e1c";

/** Overhead of the Puppet: dispatch, and the call to an account that may be cold. */
const PUPPET_GAS = 3_000n;

/** The largest value that a call can send along: 12 bytes, 79 billion ether. */
export const MAX_WEI: bigint = 2n ** 96n - 1n;

const ZERO_DIGIT = 48;

/** The Sequencer's log of a block. */
interface BatchedAnswer {
  /** In the order of the calls; `undefined` for those that their senders could not pay for. */
  readonly calls: readonly (BatchedCall | undefined)[];
  /** The result of the batched read; `undefined` if the world has no plan in its state. */
  readonly read: Hex | undefined;
}

/**
 * The calldata of a block. The format is documented in contracts/Sequencer.sol.
 *
 * @param baseFee - wei per unit of gas; with the tips, what senders must have for the gas that they do not pay for here
 */
export function packBlock(calls: readonly PlacedCall[], baseFee: bigint): Hex {
  const fees = descending(calls.map(({ tip }) => tip));
  // without value in it, hardly any block moves native coin between its calls
  let packed = calls.some(({ call }) => (call.value ?? 0n) > 0n) ? "0x01" : "0x00";
  for (const [index, { from, call, gas }] of calls.entries()) {
    const data = encodeCall(call);
    const value = call.value ?? 0n;
    const payload = digits(call.to, 40) + number(value, 24) + data.slice(2);
    // a call withholds a 64th of its gas from the calls it makes
    const bound = ((gas - intrinsicGas(data)) * 64n) / 63n + PUPPET_GAS;
    const cost = upfrontCost({ value, gas, maxFeePerGas: baseFee + (fees[index] ?? 0n), maxPriorityFeePerGas: 0n });
    const needed = cost > MAX_WEI ? MAX_WEI : cost;
    packed +=
      digits(from, 40) + number(needed, 24) + number(bound, 16) + number(BigInt(payload.length / 2), 8) + payload;
  }
  return packed as Hex;
}

/** Why a batched block cannot hold this call, in the words of EDR's mempool; `undefined` if it can. */
export function refusalOf({ call, gas }: PlacedCall): string | undefined {
  const least = intrinsicGas(encodeCall(call));
  if (gas < least) return `Transaction requires at least ${least} gas but got ${gas}`;
  if ((call.value ?? 0n) > MAX_WEI) return UNPAID;
  return undefined;
}

/** Why a call is refused that its sender cannot pay for. */
export const UNPAID = "Sender doesn't have enough funds to send tx";

/**
 * Unpacks the logs of a block's transaction.
 *
 * @throws SiegeError `INTERNAL` if they are not what the Sequencer writes
 */
export function unpackBlock(logs: readonly Log[], count: number): BatchedAnswer {
  const calls: (BatchedCall | undefined)[] = [];
  let ofCall: Log[] = [];
  let read: Hex | undefined;
  for (const log of logs) {
    if (log.topics.length > 0 || !isSameAddress(log.address, SEQUENCER_ADDRESS)) {
      ofCall.push(log);
    } else if (calls.length < count && log.data === "0x") {
      calls.push(undefined);
    } else if (calls.length < count) {
      calls.push({
        result: { success: log.data.slice(2, 4) === "01", returned: `0x${log.data.slice(20)}` },
        gasUsed: BigInt(`0x${log.data.slice(4, 20)}`),
        logs: ofCall,
      });
      ofCall = [];
    } else {
      read = log.data;
    }
  }
  if (calls.length === count && ofCall.length === 0) return { calls, read };
  throw new SiegeError("INTERNAL", {
    message: `A batched block of ${count} calls left ${calls.length} results.`,
    hint: 'Search with { executor: "faithful" } and report this with the scenario.',
  });
}

/** Whether calls succeeded, and their logs. */
export function receiptsOf(inclusions: readonly Inclusion[]): readonly (CallReceipt | undefined)[] {
  return inclusions.map((inclusion) =>
    inclusion.kind === "batched"
      ? { success: inclusion.result.success, gasUsed: inclusion.gasUsed, logs: inclusion.logs }
      : undefined,
  );
}

/** The outcomes of calls. */
export function resultsOf(inclusions: readonly Inclusion[]): readonly (CallResult | undefined)[] {
  return inclusions.map((inclusion) => (inclusion.kind === "batched" ? inclusion.result : undefined));
}

/** What a transaction costs before it runs (EIP-2028). */
export function intrinsicGas(data: Hex): bigint {
  let zeros = 0;
  for (let at = 2; at < data.length; at += 2) {
    if (data.charCodeAt(at) === ZERO_DIGIT && data.charCodeAt(at + 1) === ZERO_DIGIT) zeros += 1;
  }
  return BigInt(21_000 + 16 * (data.length / 2 - 1) - 12 * zeros);
}

function digits(value: Hex, length: number): string {
  return value.slice(2).padStart(length, "0");
}

function number(value: bigint, length: number): string {
  return value.toString(16).padStart(length, "0");
}
