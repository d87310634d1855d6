import type { FlowFeed } from "../../data-set/flow-data-set.js";
import type { Decoder } from "./decoder.js";

import { roundsAbi } from "../../../protocols/price-feed-abi.js";

import { eventOf, integer } from "./decoder.js";

/** Reads the log of a Chainlink aggregator. An answer that is not above 0 is no price. */
export const decodeChainlink: Decoder<FlowFeed> = (log, { decimals }) => {
  const event = eventOf(roundsAbi, log);
  if (event === undefined) return "other";
  const price = Number(integer(event, "current")) / 10 ** decimals;
  return price > 0 ? { kind: "round", price } : "other";
};
