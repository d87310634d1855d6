import type { Address, Hex } from "viem";

import type { Holding } from "./roles/lending-market.js";

import { decodeEventLog } from "viem";

/** An event that a contract emitted. */
export interface EventLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

interface Liquidation<View> {
  of(log: EventLog, view: View): Holding | undefined;
}

/**
 * What a liquidation took from a borrower, by the event that it emitted and the view after its block, base units; `undefined` for
 * any other event. Collateral that is a claim on a token counts as that token.
 */
export type LiquidatedIn<View> = Liquidation<View>["of"];

/**
 * Reads an event.
 *
 * @param abi - of this event alone
 * @returns its arguments by name; `undefined` for any other event
 */
export function argumentsOf(
  abi: readonly object[],
  topic: Hex,
  { topics, data }: EventLog,
): Readonly<Record<string, unknown>> | undefined {
  if (topics[0] !== topic) return undefined;
  try {
    const { args } = decodeEventLog({ abi: abi as never, topics: topics as [Hex, ...Hex[]], data });
    return args as unknown as Readonly<Record<string, unknown>>;
  } catch {
    // another event of the same signature, with other arguments indexed
    return undefined;
  }
}
