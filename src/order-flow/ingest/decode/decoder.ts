import type { Address } from "viem";

import type { FlowContract, FlowToken } from "../../data-set/flow-data-set.js";
import type {
  LendingEvent,
  LiquidationEvent,
  LiquidityEvent,
  RoundEvent,
  SwapEvent,
} from "../../data-set/flow-event.js";
import type { RawLog } from "../raw-log.js";

import { decodeEventLog } from "viem";

import { addressKey } from "../../../quantity/address.js";

/** What all events have, and what is known from their logs' place. */
type Placed = "block" | "index" | "time" | "contract";

/** What a log says. */
export type Decoded =
  | Omit<SwapEvent, Placed>
  | Omit<LiquidityEvent, Placed>
  | Omit<LendingEvent, Placed>
  | Omit<LiquidationEvent, Placed>
  | Omit<RoundEvent, Placed>;

/**
 * Reads the log of a contract.
 *
 * @returns `"other"` for one that is no order flow, `"unknown"` for one of a market that is not named
 */
export type Decoder<ContractT extends FlowContract> = (
  log: RawLog,
  contract: ContractT,
  tokenOf: (address: Address) => FlowToken,
) => Decoded | "other" | "unknown";

/** An event by its name and arguments. */
interface NamedEvent {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Reads a log with the events of an ABI. @returns `undefined` for any other event */
export function eventOf(abi: readonly object[], { topics, data }: RawLog): NamedEvent | undefined {
  try {
    const { eventName, args } = decodeEventLog({ abi: abi as never, topics: topics as never, data });
    return { name: String(eventName), args: args as unknown as Readonly<Record<string, unknown>> };
  } catch {
    // another event, or one of the same signature with other arguments indexed
    return undefined;
  }
}

/** An argument that is an address, as key. */
export function account({ args }: NamedEvent, name: string): Address {
  return addressKey(args[name] as Address);
}

/** An argument that is a whole number. */
export function integer({ args }: NamedEvent, name: string): bigint {
  return BigInt(args[name] as bigint | number);
}
