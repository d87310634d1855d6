import type { Address } from "viem";

import type { FlowDataSet } from "./data-set/flow-data-set.js";

import { addressKey } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";

/** Symbols of tokens that are worth a dollar. */
const DOLLAR = /^(a|s|f|m)?(USD|DAI)|USD(C|T|P|S|E)?$/i;

/** What tokens are worth over time, by the rounds of a data set's feeds. */
export interface FlowPrices {
  /** US dollars for one whole unit of an asset, by the last round at or before a moment. */
  asset(name: string, time: number): number | undefined;
  /** US dollars of an amount of a token; `undefined` where no feed prices it. A token with USD or DAI in its symbol is a dollar. */
  worth(token: Address, amount: bigint, time: number): number | undefined;
}

/** The prices that a data set knows. */
export function pricesOf(flow: FlowDataSet): FlowPrices {
  const rounds = new Map<string, { readonly time: number; readonly price: number }[]>();
  for (const event of flow.events) {
    const feed = event.kind === "round" ? flow.contracts[event.contract] : undefined;
    if (event.kind !== "round" || feed?.kind !== "chainlink") continue;
    const known = rounds.get(feed.asset) ?? [];
    if (known.length === 0) rounds.set(feed.asset, known);
    known.push(event);
  }
  const asset = (name: string, time: number): number | undefined =>
    rounds.get(name)?.findLast((round) => round.time <= time)?.price;
  return {
    asset,
    worth: (address, amount, time) => {
      const token = flow.tokens[addressKey(address)];
      if (token === undefined) return undefined;
      const price = asset(token.asset ?? token.symbol, time) ?? (DOLLAR.test(token.symbol) ? 1 : undefined);
      return price === undefined ? undefined : price * wholeUnits(amount, token.decimals);
    },
  };
}
