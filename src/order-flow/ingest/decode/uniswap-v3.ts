import type { FlowPool } from "../../data-set/flow-data-set.js";
import type { Decoder } from "./decoder.js";

import { poolEventsAbi } from "../../../protocols/uniswap-v3/abi.js";

import { account, eventOf, integer } from "./decoder.js";

/** Square roots of prices have 96 binary digits after the point. */
const Q96 = 2 ** 96;

/** Reads the log of a Uniswap V3 pool. */
export const decodeUniswapV3: Decoder<FlowPool> = (log, { tokens }, tokenOf) => {
  const event = eventOf(poolEventsAbi, log);
  switch (event?.name) {
    case "Swap": {
      const [one, other] = tokens.map((token) => 10 ** tokenOf(token).decimals) as [number, number];
      const price = ((Number(integer(event, "sqrtPriceX96")) / Q96) ** 2 * one) / other;
      return {
        kind: "swap",
        from: account(event, "recipient"),
        amount0: integer(event, "amount0"),
        amount1: integer(event, "amount1"),
        ...(Number.isFinite(price) && price > 0 ? { price } : {}),
      };
    }
    case "Mint":
    case "Burn":
      return {
        kind: event.name === "Mint" ? "mint" : "burn",
        from: account(event, "owner"),
        amount0: integer(event, "amount0"),
        amount1: integer(event, "amount1"),
      };
    case undefined:
    default:
      return "other";
  }
};
