import type { Address } from "viem";

import type { OracleFactory } from "./oracle.js";

import { SiegeError } from "../errors.js";
import { requireKnown } from "../options.js";
import { call } from "../protocols/call.js";
import { feedAbi } from "../protocols/price-feed-abi.js";
import { all, attempt, map, read } from "../protocols/read-plan.js";

import { siegeFeedAbi } from "./chainlink/abi.js";
import { PUBLISHER_FUNDS, STAND_IN_PUBLISHER, standIn } from "./chainlink/stand-in-feed.js";
import { defineOracle } from "./oracle.js";

/** A proxy's round ids carry the phase in their upper bits; aggregators count rounds with the lower 64. */
const ROUND_MASK = (1n << 64n) - 1n;

/** The answers of the feed. */
const ANSWERS = { up: 0n, down: 1n } as const;

/** Options of {@link sequencerUptime}. */
export interface SequencerUptimeOptions {
  /** The feed's name. Default `sequencer`. */
  readonly name?: string;
}

/** The observed state of an uptime feed. */
export interface SequencerUptimeView {
  readonly isUp: boolean;
  /** When the status last changed, seconds. */
  readonly startedAt: number;
  /** The aggregator's own round number. */
  readonly round: bigint;
}

interface Facts {
  readonly feed: Address;
  readonly aggregator: Address;
}

/**
 * A feed that reports whether the sequencer of a layer 2 is up (https://docs.chain.link/data-feeds/l2-sequencer-feeds): 0 is
 * up, 1 is down, and `startedAt` is the time of the last change. It belongs in a scenario's `oracles`; the fault `down` makes
 * it report 1. Its aggregator, which only accepts messages from layer 1, is replaced by contracts/SiegeFeed.sol, on the
 * simulated chain only.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not such a feed
 * @example `sequencerUptime("0xFdB631F5EE196F0ed6FAa767959853A9F217697D")`
 */
export const sequencerUptime: OracleFactory<SequencerUptimeOptions | undefined, SequencerUptimeView> = defineOracle<
  SequencerUptimeOptions | undefined,
  Facts,
  SequencerUptimeView
>({
  kind: "sequencerUptime",
  validate: (options = {}) => {
    requireKnown("sequencerUptime", options, ["name"]);
  },
  inspect: async (context, feed) => {
    const { behind, round } = await context.read(
      all({
        behind: attempt(read({ address: feed, abi: feedAbi, functionName: "aggregator" })),
        round: attempt(read({ address: feed, abi: feedAbi, functionName: "latestRoundData" })),
      }),
    );
    if (round !== undefined && (round[1] === ANSWERS.up || round[1] === ANSWERS.down)) {
      return { feed, aggregator: behind ?? feed };
    }
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${feed} is not the uptime feed of a sequencer: latestRoundData() returns ${round === undefined ? "nothing" : String(round[1])}.`,
      hint: "Give the address of the L2 sequencer uptime feed's proxy; its answer is 0 or 1.",
    });
  },
  contracts: ({ aggregator }) => ({ aggregator }),
  observe: ({ feed }) =>
    map(
      read({ address: feed, abi: feedAbi, functionName: "latestRoundData" }),
      ([roundId, answer, startedAt]): SequencerUptimeView => ({
        isUp: answer === ANSWERS.up,
        startedAt: Number(startedAt),
        round: roundId & ROUND_MASK,
      }),
    ),
  name: (options) => options?.name ?? "sequencer",
  prepare: ({ aggregator }) => [
    ...standIn(aggregator),
    { kind: "fund", account: STAND_IN_PUBLISHER, wei: PUBLISHER_FUNDS },
  ],
  publish: ({ aggregator }, { round }, status) => ({
    from: STAND_IN_PUBLISHER,
    call: call({
      address: aggregator,
      abi: siegeFeedAbi,
      functionName: "submit",
      args: [round + 1n, ANSWERS[status]],
    }),
  }),
  isUp: ({ isUp }) => isUp,
});
