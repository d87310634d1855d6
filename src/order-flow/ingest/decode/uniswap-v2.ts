import type { FlowPool } from "../../data-set/flow-data-set.js";
import type { Decoded, Decoder } from "./decoder.js";

import { pairEventsAbi } from "../../../protocols/uniswap-v2/abi.js";

import { account, eventOf, integer } from "./decoder.js";

/** Reserves that a pair has announced, and in which transaction. */
interface Announced {
  readonly transaction: string;
  readonly price: number;
}

/**
 * Reads the logs of a Uniswap V2 pair in order. A pair announces its reserves (`Sync`) before each of its events, and the swap after it
 * gets its price from them.
 */
export function uniswapV2Decoder(): Decoder<FlowPool> {
  const announced = new Map<string, Announced>();
  return (log, pool, tokenOf): Decoded | "other" => {
    const event = eventOf(pairEventsAbi, log);
    switch (event?.name) {
      case "Sync": {
        const [one, other] = pool.tokens.map((token) => 10 ** tokenOf(token).decimals) as [number, number];
        const price = Number(integer(event, "reserve1")) / other / (Number(integer(event, "reserve0")) / one);
        announced.set(log.address, { transaction: log.transaction, price });
        return "other";
      }
      case "Swap": {
        const last = announced.get(log.address);
        return {
          kind: "swap",
          from: account(event, "to"),
          amount0: integer(event, "amount0In") - integer(event, "amount0Out"),
          amount1: integer(event, "amount1In") - integer(event, "amount1Out"),
          ...(last?.transaction === log.transaction && isPrice(last.price) ? { price: last.price } : {}),
        };
      }
      case "Mint":
      case "Burn":
        return {
          kind: event.name === "Mint" ? "mint" : "burn",
          from: account(event, event.name === "Mint" ? "sender" : "to"),
          amount0: integer(event, "amount0"),
          amount1: integer(event, "amount1"),
        };
      case undefined:
      default:
        return "other";
    }
  };
}

function isPrice(price: number): boolean {
  return Number.isFinite(price) && price > 0;
}
