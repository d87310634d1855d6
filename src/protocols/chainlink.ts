import type { Address } from "viem";

import type { OracleModel, ProtocolFactory } from "./protocol.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";

import { feedAbi, fluxAggregatorAbi } from "./abis/chainlink.js";
import { call } from "./call.js";
import { defineProtocol } from "./protocol.js";
import { all, attempt, map, read } from "./read-plan.js";
import { STAND_IN_PUBLISHER, standIn } from "./stand-in-feed.js";

/** A proxy's round ids carry the phase in their upper bits; aggregators count rounds with the lower 64. */
const ROUND_MASK = (1n << 64n) - 1n;

/** Pays for a round in each of 10,000 blocks, the longest horizon, at a base fee of 100 gwei. */
const PUBLISHER_FUNDS = 10_000n * 10n ** 18n;

/** Options of {@link chainlink}. */
export interface ChainlinkOptions {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** How many blocks old a published price is. Default 0. */
  readonly latencyBlocks?: number;
  /** Deviation that makes it publish, as a fraction. Default 0.005 (ETH/USD on mainnet: 0.5 %). */
  readonly deviation?: number;
  /** Seconds after which it publishes in any case. Default 3,600 (ETH/USD on mainnet). */
  readonly heartbeat?: number;
}

/** What agents see of a feed. */
export interface ChainlinkView {
  /** US dollars a whole unit. */
  readonly price: number;
  /** The answer with the feed's decimals. */
  readonly answer: bigint;
  /** Seconds. */
  readonly updatedAt: number;
  /** The aggregator's own round number. */
  readonly round: bigint;
}

interface Facts {
  readonly feed: Address;
  readonly aggregator: Address;
  readonly decimals: number;
  /** Who can publish a round alone; `undefined` where rounds are signed off-chain (OCR) or take several oracles. */
  readonly oracle: Address | undefined;
}

/**
 * A Chainlink price feed in US dollars: a proxy or the aggregator itself, or anything with `latestRoundData()`. Rounds
 * are published by the aggregator's first oracle, with `submit`. An aggregator that needs more than that (signatures of
 * OCR, several oracles) is replaced by contracts/SiegeFeed.sol, on the simulated chain only; it keeps the history and
 * everything else of the original.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is no feed, or
 * one in another currency
 */
export const chainlink: ProtocolFactory<ChainlinkOptions, ChainlinkView> = defineProtocol<
  ChainlinkOptions,
  Facts,
  ChainlinkView
>({
  kind: "chainlink",
  validate: (options) => {
    requireKnown("chainlink", options, ["asset", "latencyBlocks", "deviation", "heartbeat"]);
    const { latencyBlocks, deviation, heartbeat } = modelOf(options);
    requireInRange("chainlink", "latencyBlocks", latencyBlocks, { min: 0, max: 10_000, kind: "integer" });
    requireInRange("chainlink", "deviation", deviation, { min: 0, max: 1 });
    requireInRange("chainlink", "heartbeat", heartbeat, { min: 1, max: 31_536_000, kind: "integer" });
  },
  inspect: async (context, feed) => {
    const { behind, decimals, description, round } = await context.read(
      all({
        behind: attempt(read({ address: feed, abi: feedAbi, functionName: "aggregator" })),
        decimals: attempt(read({ address: feed, abi: feedAbi, functionName: "decimals" })),
        description: attempt(read({ address: feed, abi: feedAbi, functionName: "description" })),
        round: attempt(read({ address: feed, abi: feedAbi, functionName: "latestRoundData" })),
      }),
    );
    if (decimals === undefined || round === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${feed} is not a Chainlink feed: ${decimals === undefined ? "decimals" : "latestRoundData"}() does not answer.`,
        hint: "Give the address of the proxy that your contracts read.",
      });
    }
    // tickers only: mocks describe themselves by their path
    const quote = /\/\s*([A-Z]{2,6})$/.exec(description ?? "")?.[1];
    if (quote !== undefined && quote !== "USD") {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `The feed ${feed} ("${description ?? ""}") answers in ${quote}, not in US dollars.`,
        hint: "Fair prices are US dollars: name a feed that answers in USD.",
      });
    }
    const aggregator = behind ?? feed;
    const { oracles, needed } = await context.read(
      all({
        oracles: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "getOracles" })),
        needed: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "minSubmissionCount" })),
      }),
    );
    const oracle = needed === 1 ? oracles?.[0] : undefined;
    return { feed, aggregator, decimals, oracle };
  },
  contracts: ({ aggregator }) => ({ aggregator }),
  observe: ({ feed, decimals }) =>
    map(read({ address: feed, abi: feedAbi, functionName: "latestRoundData" }), ([roundId, answer, , updatedAt]) => ({
      answer,
      price: Number(answer) / 10 ** decimals,
      updatedAt: Number(updatedAt),
      round: roundId & ROUND_MASK,
    })),
  oracle: {
    model: modelOf,
    prepare: ({ aggregator, oracle }) => [
      ...(oracle === undefined ? standIn(aggregator) : []),
      // oracles of real feeds keep little ether, and a round that cannot be paid would look like a late one
      { kind: "fund", account: oracle ?? STAND_IN_PUBLISHER, wei: PUBLISHER_FUNDS },
    ],
    price: ({ price }) => price,
    publish: ({ aggregator, decimals, oracle }, { round }, price) => ({
      from: oracle ?? STAND_IN_PUBLISHER,
      call: call({
        address: aggregator,
        abi: fluxAggregatorAbi,
        functionName: "submit",
        // aggregators refuse an answer of 0, and a feed that cannot publish would look like one that is late
        args: [round + 1n, BigInt(Math.max(1, Math.round(price * 10 ** decimals)))],
      }),
    }),
  },
});

function modelOf({ asset, latencyBlocks = 0, deviation = 0.005, heartbeat = 3_600 }: ChainlinkOptions): OracleModel {
  return { asset, latencyBlocks, deviation, heartbeat };
}
