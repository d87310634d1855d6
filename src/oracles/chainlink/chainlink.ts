import type { AbiFunction, Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { OracleFault, OracleFaultKind } from "../faults.js";
import type { OracleFactory, OracleModel, Publication } from "../oracle.js";

import { SiegeError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { call } from "../../protocols/call.js";
import { feedAbi } from "../../protocols/price-feed-abi.js";
import { all, attempt, constant, map, read } from "../../protocols/read-plan.js";
import { wholeUnits } from "../../quantity/amount.js";
import { defineOracle } from "../oracle.js";
import { requireSchedule } from "../schedule.js";

import { boundedAggregatorAbi, fluxAggregatorAbi, proxyAbi, siegeFeedAbi } from "./abi.js";
import { setterCall, setterPlan } from "./setters.js";
import { PUBLISHER_FUNDS, STAND_IN_PUBLISHER, standIn, standInSuccessors, successorOf } from "./stand-in-feed.js";

/** A proxy's round ids carry the phase in their upper bits; aggregators count rounds with the lower 64. */
const ROUND_MASK = (1n << 64n) - 1n;

/** Faults that a real aggregator cannot be made to have: it rejects answers outside of its bounds, and its timestamps are right. */
const STAND_IN_FAULTS: readonly OracleFaultKind[] = ["stale", "zero", "negative", "wrong", "decimals", "phase"];

/** Options of {@link chainlink}. */
export interface ChainlinkOptions {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** The feed's name, for an asset with several. Default: the asset's. */
  readonly name?: string;
  /** How many blocks old a published price is. Default 0. */
  readonly latencyBlocks?: number;
  /** Deviation threshold for publishing, as a fraction. Default 0.005 (ETH/USD on mainnet: 0.5 %). */
  readonly deviation?: number;
  /** Seconds after which it publishes in any case. Default 3,600 (ETH/USD on mainnet). */
  readonly heartbeat?: number;
}

/** What agents see of a feed. */
export interface ChainlinkView {
  /** US dollars per whole unit. */
  readonly price: number;
  /** The raw answer, with the feed's decimals. */
  readonly answer: bigint;
  /** Unix seconds. */
  readonly updatedAt: number;
  /** The aggregator's own round number. */
  readonly round: bigint;
  /** The round of the answer; an earlier one if it was carried over. */
  readonly answeredInRound: bigint;
  /** Decimals of the answer. */
  readonly decimals: number;
  /** The contract on which rounds are published. */
  readonly aggregator: Address;
}

interface Facts {
  readonly feed: Address;
  readonly aggregator: Address;
  readonly decimals: number;
  /** The oracle that can publish a round alone; `undefined` if rounds are signed off-chain (OCR) or take several oracles. */
  readonly oracle: Address | undefined;
  readonly faults: readonly OracleFaultKind[];
  /** By which anybody may give a mock its answers; `undefined` for all others. */
  readonly setter: AbiFunction | undefined;
  /** The least and the greatest answer of an aggregator that the stand-in replaces. */
  readonly bounds: readonly [least: bigint, most: bigint] | undefined;
  /** The account that can change the aggregator of the proxy; only read for the fault `phase`. */
  readonly owner: Address | undefined;
}

/**
 * A Chainlink price feed in US dollars: a proxy or the aggregator itself, or any contract with `latestRoundData()`. Rounds are
 * published by the aggregator's first oracle, with `submit`. An aggregator that takes more than that (OCR signatures, several
 * oracles) is replaced by contracts/SiegeFeed.sol, on the simulated chain only; it keeps the history and everything else of the
 * original, and shows `minAnswer` or `maxAnswer` while the price is beyond it. The same happens if the scenario's faults
 * include answers that no aggregator would publish. A mock whose answers anybody may set (`updateAnswer`, `setPrice`) gets them
 * that way: whatever else reads it follows, and what it refuses or clamps it does as it was written.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a feed, or is
 * one in another currency; `READER_DOES_NOT_FOLLOW` if a function of a replaced contract, or of a mock that is set, would go on
 * returning the old price
 */
export const chainlink: OracleFactory<ChainlinkOptions, ChainlinkView> = defineOracle<
  ChainlinkOptions,
  Facts,
  ChainlinkView
>({
  kind: "chainlink",
  validate: (options) => {
    requireKnown("chainlink", options, ["asset", "name", "latencyBlocks", "deviation", "heartbeat"]);
    requireSchedule("chainlink", modelOf(options));
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
        message: `${feed} is not a Chainlink feed: ${decimals === undefined ? "decimals" : "latestRoundData"}() returns nothing.`,
        hint: "Give the address of the proxy that your contracts read.",
      });
    }
    // tickers only: a mock's description is its file path
    const quote = /\/\s*([A-Z]{2,6})$/.exec(description ?? "")?.[1];
    if (quote !== undefined && quote !== "USD") {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `The feed ${feed} ("${description ?? ""}") is quoted in ${quote}, not in US dollars.`,
        hint: "Fair prices are US dollars: use a feed quoted in USD.",
      });
    }
    const aggregator = behind ?? feed;
    const { oracles, needed, least, most } = await context.read(
      all({
        oracles: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "getOracles" })),
        needed: attempt(read({ address: aggregator, abi: fluxAggregatorAbi, functionName: "minSubmissionCount" })),
        least: attempt(read({ address: aggregator, abi: boundedAggregatorAbi, functionName: "minAnswer" })),
        most: attempt(read({ address: aggregator, abi: boundedAggregatorAbi, functionName: "maxAnswer" })),
      }),
    );
    const faults = context.faults ?? [];
    const isFaulty = faults.some((fault) => STAND_IN_FAULTS.includes(fault));
    const oracle = needed === 1 && !isFaulty ? oracles?.[0] : undefined;
    const owner = faults.includes("phase")
      ? await context.read(attempt(read({ address: feed, abi: proxyAbi, functionName: "owner" })))
      : undefined;
    if (faults.includes("phase") && (behind === undefined || owner === undefined)) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${feed} has no ${behind === undefined ? "aggregator behind it" : "owner"}, so its aggregator cannot be changed.`,
        hint: 'Pass the address of the proxy that your contracts read, or leave out the fault "phase".',
      });
    }
    const { now } = context;
    const setter =
      oracle !== undefined || isFaulty || behind !== undefined || now === undefined
        ? undefined
        : await context.read(setterPlan(feed, { answer: round[1], now }));
    const isBounded =
      least !== undefined && most !== undefined && least <= round[1] && round[1] <= most && least < most;
    // what publishes by itself knows its bounds
    const bounds = isBounded && oracle === undefined && setter === undefined ? ([least, most] as const) : undefined;
    return { feed, aggregator, decimals, oracle, faults, setter, bounds, owner };
  },
  contracts: ({ aggregator }) => ({ aggregator }),
  observe: (facts) =>
    map(
      all({
        latest: read({ address: facts.feed, abi: feedAbi, functionName: "latestRoundData" }),
        // what a fault may change is read again
        decimals: facts.faults.includes("decimals")
          ? read({ address: facts.feed, abi: feedAbi, functionName: "decimals" })
          : constant(facts.decimals),
        aggregator: facts.faults.includes("phase")
          ? read({ address: facts.feed, abi: feedAbi, functionName: "aggregator" })
          : constant(facts.aggregator),
      }),
      ({ latest: [roundId, answer, , updatedAt, answeredInRound], decimals, aggregator }) => ({
        answer,
        price: wholeUnits(answer, decimals),
        updatedAt: Number(updatedAt),
        round: roundId & ROUND_MASK,
        answeredInRound: answeredInRound & ROUND_MASK,
        decimals,
        aggregator,
      }),
    ),
  model: modelOf,
  faults: STAND_IN_FAULTS,
  bounds: ({ bounds, decimals }) =>
    bounds === undefined
      ? {}
      : { least: Math.max(0, wholeUnits(bounds[0], decimals)), most: wholeUnits(bounds[1], decimals) },
  prepare: ({ aggregator, oracle, setter, owner }) => [
    ...(oracle === undefined && setter === undefined ? standIn(aggregator) : []),
    ...(owner === undefined ? [] : standInSuccessors(aggregator)),
    ...(owner === undefined ? [] : [{ kind: "fund", account: owner, wei: PUBLISHER_FUNDS } as const]),
    // oracles of real feeds hold little ether, and a round whose gas cannot be paid would look like a late one
    { kind: "fund", account: oracle ?? STAND_IN_PUBLISHER, wei: PUBLISHER_FUNDS },
  ],
  price: ({ price }) => price,
  // mocks do not count their rounds
  advanced: (before, after) =>
    after.round !== before.round || after.aggregator !== before.aggregator || after.updatedAt !== before.updatedAt,
  publish: ({ oracle, setter }, { aggregator, round, decimals }, price) => {
    const answer = answerOf(price, decimals);
    return {
      from: oracle ?? STAND_IN_PUBLISHER,
      call:
        setter === undefined
          ? call({ address: aggregator, abi: fluxAggregatorAbi, functionName: "submit", args: [round + 1n, answer] })
          : setterCall(aggregator, setter, answer),
    };
  },
  fault: (facts, view, fault, price) => faultOf(facts, view, fault, price),
});

function faultOf(facts: Facts, view: ChainlinkView, fault: OracleFault, price: number): readonly Publication[] {
  const { aggregator, round, answer, updatedAt, answeredInRound } = view;
  const published = (made: ContractCall): Publication => ({ from: STAND_IN_PUBLISHER, call: made });
  switch (fault.fault) {
    case "stale": {
      const args = [round + 1n, answer, BigInt(updatedAt), answeredInRound] as const;
      return [published(call({ address: aggregator, abi: siegeFeedAbi, functionName: "submitCarried", args }))];
    }
    case "decimals": {
      const { decimals = facts.decimals } = fault;
      const submission = [round + 1n, answerOf(price, decimals)] as const;
      // successors ask the first aggregator for everything but rounds
      const first = { address: facts.aggregator, abi: siegeFeedAbi };
      return [
        published(call({ ...first, functionName: "setDecimals", args: [decimals] })),
        published(call({ address: aggregator, abi: fluxAggregatorAbi, functionName: "submit", args: submission })),
      ];
    }
    case "phase": {
      const { owner, feed } = facts;
      if (owner === undefined) return [];
      const successor = successorOf(facts.aggregator, aggregator);
      const proxy = { address: feed, abi: proxyAbi, args: [successor] } as const;
      const first = [facts.aggregator, answerOf(price, view.decimals)] as const;
      return [
        published(call({ address: successor, abi: siegeFeedAbi, functionName: "succeed", args: first })),
        { from: owner, call: call({ ...proxy, functionName: "proposeAggregator" }) },
        { from: owner, call: call({ ...proxy, functionName: "confirmAggregator" }) },
      ];
    }
    case "silent":
    case "frozen":
    case "zero":
    case "negative":
    case "wrong":
    case "down":
      // these publish prices, or nothing
      return [];
  }
}

function answerOf(price: number, decimals: number): bigint {
  const answer = Math.round(price * 10 ** decimals);
  // aggregators reject an answer of 0, and a feed that cannot publish would look like one that is late
  return BigInt(price > 0 ? Math.max(1, answer) : answer);
}

function modelOf(options: ChainlinkOptions): OracleModel {
  const { asset, name, latencyBlocks = 0, deviation = 0.005, heartbeat = 3_600 } = options;
  return { asset, ...(name === undefined ? {} : { name }), latencyBlocks, deviation, heartbeat };
}
