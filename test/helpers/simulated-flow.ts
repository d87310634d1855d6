import type { Address } from "viem";

import type { FlowDataSet, FlowEvent } from "../../src/order-flow/index.js";

import { SelfExciting } from "../../src/market/processes/hawkes.js";
import { createRandom } from "../../src/market/random.js";

export const POOL: Address = "0x1000000000000000000000000000000000000001";
export const FEED: Address = "0x1000000000000000000000000000000000000002";
export const WETH: Address = "0x2000000000000000000000000000000000000001";
export const USDC: Address = "0x2000000000000000000000000000000000000002";

/** Seconds between blocks. */
export const BLOCK_TIME = 12;

/** When simulated data begin, Unix seconds: a block. */
export const START = 1_700_000_400;

/** Accounts by a number. */
export function trader(number: number): Address {
  return `0x3${number.toString().padStart(39, "0")}`;
}

/** A trade of a simulated pool, by the taker. */
export interface SimulatedTrade {
  /** Seconds since the start; events are dated by the end of their block. */
  readonly at: number;
  readonly from?: Address;
  /** Ether bought; negative if sold. */
  readonly ether: number;
}

/**
 * The order flow of a constant-product pool of 1,000 ether and 2,000,000 dollars without a fee, and of rounds of a feed.
 *
 * @param seconds - how long it is
 */
export function simulatedFlow(
  trades: readonly SimulatedTrade[],
  seconds: number,
  rounds: readonly { readonly at: number; readonly price: number }[] = [],
): FlowDataSet {
  let [ether, dollars] = [1_000, 2_000_000];
  const swaps = trades.map(({ at, from = trader(1), ether: bought }): Omit<FlowEvent, "index"> => {
    const before = dollars;
    dollars = (ether * dollars) / (ether - bought);
    ether -= bought;
    return {
      kind: "swap",
      ...placed(at),
      contract: "pool",
      from,
      amount0: BigInt(Math.round(-bought * 1e12)) * 1_000_000n,
      amount1: BigInt(Math.round((dollars - before) * 1e6)),
      price: dollars / ether,
    } as Omit<FlowEvent, "index">;
  });
  const answers = rounds.map(
    ({ at, price }): Omit<FlowEvent, "index"> =>
      ({ kind: "round", ...placed(at), contract: "feed", price }) as Omit<FlowEvent, "index">,
  );
  const events = [...answers, ...swaps]
    .map((event, index) => ({ ...event, index }) as FlowEvent)
    .sort((one, other) => one.time - other.time || one.index - other.index);
  return {
    format: "hardhat-siege-flow",
    version: 1,
    chainId: 1,
    blocks: [1, Math.ceil(seconds / BLOCK_TIME)],
    times: [START, START + Math.ceil(seconds / BLOCK_TIME) * BLOCK_TIME],
    missing: [],
    tokens: {
      [WETH]: { symbol: "WETH", decimals: 18, asset: "ETH" },
      [USDC]: { symbol: "USDC", decimals: 6 },
    },
    contracts: {
      pool: { kind: "uniswapV2", address: POOL, tokens: [WETH, USDC], quote: USDC },
      feed: { kind: "chainlink", address: FEED, asset: "ETH", decimals: 8 },
    },
    counts: { logs: events.length, duplicates: 0, removed: 0, outOfOrder: 0, unknown: 0, others: 0, outside: 0 },
    events,
  };
}

function placed(at: number): { readonly block: number; readonly time: number } {
  const block = Math.floor(at / BLOCK_TIME) + 1;
  return { block, time: START + block * BLOCK_TIME };
}

/** Moments of a Hawkes process, seconds since the start. Without excitation, those of a Poisson process. */
export function simulatedTimes(
  { base, excitation, memory }: { readonly base: number; readonly excitation: number; readonly memory: number },
  seconds: number,
  seed: number,
): readonly number[] {
  // one second after the other: the process tells how many events there were, and where within it does not matter
  const random = createRandom(seed);
  const process = new SelfExciting({ base, excitation, memory, random });
  const step = Math.min(1, memory / 50);
  const times: number[] = [];
  for (let now = 0; now < seconds; now += step) {
    process.pass(step, () => times.push(now + random.next() * step));
  }
  return times.sort((one, other) => one - other);
}
