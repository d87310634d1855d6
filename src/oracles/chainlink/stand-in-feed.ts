import type { Address } from "viem";

import type { Preparation } from "../../protocols/preparation.js";

import { numberToHex } from "viem";

import { addressKey } from "../../quantity/address.js";

import { SIEGE_FEED_CODE } from "./siege-feed-bytecode.js";

/** The account that publishes the rounds of a stand-in. contracts/SiegeFeed.sol holds the same two constants. */
export const STAND_IN_PUBLISHER: Address = "0x000000000000000000000000000000051e6efeed";
const ORIGINAL = 0x51e6e0000000000000000000000000000000051en;

/** Offsets of the addresses of an aggregator's two successors from its own. */
const SUCCESSORS = [0x51e6e1000000000000000000000000000000051en, 0x51e6e2000000000000000000000000000000051en] as const;

/** Pays for a round in each of 10,000 blocks, the longest horizon, at a base fee of 100 gwei. */
export const PUBLISHER_FUNDS: bigint = 10_000n * 10n ** 18n;

/**
 * Replaces an aggregator's code by contracts/SiegeFeed.sol. The original code moves to a separate address, to which the
 * stand-in delegates everything except new rounds.
 */
export function standIn(aggregator: Address): readonly Preparation[] {
  return [
    {
      kind: "copy",
      account: beside(aggregator, ORIGINAL),
      from: aggregator,
    },
    { kind: "code", account: aggregator, code: SIEGE_FEED_CODE },
  ];
}

/** Puts empty stand-ins at the addresses of the successors of an aggregator. */
export function standInSuccessors(aggregator: Address): readonly Preparation[] {
  return SUCCESSORS.map((difference) => ({
    kind: "code",
    account: beside(aggregator, difference),
    code: SIEGE_FEED_CODE,
  }));
}

/** The next aggregator of a proxy: the two successors alternate. */
export function successorOf(aggregator: Address, current: Address): Address {
  const [first, second] = SUCCESSORS.map((difference) => beside(aggregator, difference));
  return (addressKey(current) === first ? second : first) ?? current;
}

function beside(aggregator: Address, difference: bigint): Address {
  return numberToHex(BigInt(aggregator) ^ difference, { size: 20 });
}
