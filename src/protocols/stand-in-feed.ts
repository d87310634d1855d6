import type { Address } from "viem";

import type { Preparation } from "./protocol.js";

import { numberToHex } from "viem";

import { SIEGE_FEED_CODE } from "./siege-feed-bytecode.js";

/** Who publishes the rounds of a stand-in. contracts/SiegeFeed.sol holds the same two constants. */
export const STAND_IN_PUBLISHER: Address = "0x000000000000000000000000000000051e6efeed";
const ORIGINAL = 0x51e6e0000000000000000000000000000000051en;

/**
 * Puts contracts/SiegeFeed.sol in the place of an aggregator. The aggregator's own code goes to an address beside it,
 * where the stand-in delegates everything to that is not a new round.
 */
export function standIn(aggregator: Address): readonly Preparation[] {
  return [
    {
      kind: "copy",
      account: numberToHex(BigInt(aggregator) ^ ORIGINAL, { size: 20 }),
      from: aggregator,
    },
    { kind: "code", account: aggregator, code: SIEGE_FEED_CODE },
  ];
}
