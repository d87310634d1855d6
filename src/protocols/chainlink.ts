import type { Address } from "viem";

import type { OracleModel, ProtocolFactory } from "./protocol.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";

import { feedAbi, fluxAggregatorAbi } from "./abis/chainlink.js";
import { call } from "./call.js";
import { defineProtocol } from "./protocol.js";
import { all, attempt, map, read } from "./read-plan.js";

/** A proxy's round ids carry the phase in their upper bits; aggregators count rounds with the lower 64. */
const ROUND_MASK = (1n << 64n) - 1n;

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
  readonly oracle: Address;
}

/**
 * A Chainlink price feed: a proxy or the aggregator itself. Rounds are published by `submit`, from the first of the
 * aggregator's oracles.
 *
 * @throws SiegeError `INVALID_OPTION`; `UNSUPPORTED_PROTOCOL` for an aggregator that one submission does not move
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
    const { behind, decimals } = await context.read(
      all({
        behind: attempt(read({ address: feed, abi: feedAbi, functionName: "aggregator" })),
        decimals: attempt(read({ address: feed, abi: feedAbi, functionName: "decimals" })),
      }),
    );
    if (decimals === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${feed} is not a Chainlink feed: decimals() does not answer.`,
        hint: "Give the address of the proxy that your contracts read.",
      });
    }
    const aggregator = behind ?? feed;
    const { oracles, needed } = await context.read(
      all({
        oracles: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "getOracles" })),
        needed: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "minSubmissionCount" })),
      }),
    );
    const oracle = oracles?.[0];
    if (oracle === undefined || needed !== 1) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `The aggregator ${aggregator} behind ${feed} does not publish with one submit() (OCR, or several oracles).`,
        hint: "Only FluxAggregators with one required submission can be steered so far.",
      });
    }
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
    price: ({ price }) => price,
    publish: ({ aggregator, decimals, oracle }, { round }, price) => ({
      from: oracle,
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
