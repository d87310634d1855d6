import type { FlowDataSet } from "../data-set/flow-data-set.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { InformedShare } from "../toxicity/informed-share.js";
import type { PoolTrades, Span } from "../trades.js";
import type { Arrivals } from "./arrivals.js";
import type { LenderFlow } from "./lenders.js";
import type { LiquidationFlow } from "./liquidations.js";
import type { Sizes } from "./sizes.js";

import { SiegeError } from "../../errors.js";
import { createRandom } from "../../market/random.js";
import { WIDE } from "../../numeric/normal.js";
import { requireInRange, requireKnown, requireText } from "../../options.js";
import { informedShare } from "../toxicity/informed-share.js";
import { referenceOf } from "../toxicity/reference.js";
import { spansOf, tradesOf } from "../trades.js";

import { arrivalsOf } from "./arrivals.js";
import { lenderFlows } from "./lenders.js";
import { liquidationFlow } from "./liquidations.js";
import { sizesOf } from "./sizes.js";

/** Options of {@link calibrateFlow}. */
export interface CalibrateFlowOptions {
  /** The feed or pool of the data set by whose prices informed trades are told, by pool: `{ pool: "feed" }`. Default: none. */
  readonly references?: Readonly<Record<string, string>>;
  /** Seconds within which information shows, 1 to 86,400. Default 60. */
  readonly horizon?: number;
  /** The asset of native coin, in which liquidators pay for their place. Default `ETH`. */
  readonly native?: string;
  /** Seed of the moments within blocks and of the bootstrap, 0 to 2,147,483,647. Default 1. */
  readonly seed?: number;
}

/** How a pool is traded. Plain data. */
export interface TradeFlow {
  /** The token that is traded, and that in which sizes and prices are. */
  readonly base: string;
  readonly quote: string;
  readonly arrivals: Arrivals;
  /** Whole quote tokens. */
  readonly sizes: Sizes;
  /** The share of purchases of the base token. */
  readonly purchases: FlowEstimate;
  /** Absent without a reference, or for fewer than 30 trades. */
  readonly informed?: InformedShare;
  /** How many accounts trade. */
  readonly traders: number;
}

/** How a lending market is used. Plain data. */
export interface LendingFlow {
  readonly liquidations?: LiquidationFlow;
  /** By token. */
  readonly lenders: readonly LenderFlow[];
}

/** What trading agents are made of: how the accounts of a data set behave. Plain data. */
export interface FlowCalibration {
  readonly chainId: number;
  readonly blocks: readonly [from: number, to: number];
  /** Unix seconds. */
  readonly times: readonly [from: number, to: number];
  /** Mean seconds between blocks. */
  readonly blockTime: number;
  /** By the names of the data set; those with at least 10 trades. */
  readonly pools: Readonly<Record<string, TradeFlow>>;
  /** By the names of the data set; those with an event. */
  readonly lending: Readonly<Record<string, LendingFlow>>;
}

/** Trades that a pool needs at least. */
const FEWEST_TRADES = 10;

/**
 * Fits how accounts trade and lend to a data set: when trades come (Poisson and Hawkes processes), how large they are (log-normal, with a Pareto tail where
 * that is better), how many are purchases, how many are informed, how fast liquidators are and what they bid, and how lenders leave. Each with a standard
 * error and a 95 % interval, and with its distance from the data.
 *
 * @throws SiegeError `FLOW_TOO_SHORT` if no pool has 10 trades and no market an event; `INVALID_OPTION`
 * @example
 * ```ts
 * const flow = await readFlow("flow.json.gz");
 * const { pools } = calibrateFlow(flow, { references: { pool: "feed" } });
 * pools.pool?.arrivals.rate.value; // trades a second
 * ```
 */
export function calibrateFlow(flow: FlowDataSet, options: CalibrateFlowOptions = {}): FlowCalibration {
  requireKnown("calibrateFlow", options, ["references", "horizon", "native", "seed"]);
  const { references = {}, horizon = 60, native = "ETH", seed = 1 } = options;
  requireInRange("calibrateFlow", "horizon", horizon, { min: 1, max: 86_400 });
  requireInRange("calibrateFlow", "seed", seed, { min: 0, max: 2_147_483_647, kind: "integer" });
  requireText("calibrateFlow", "native", native);
  const unknown = Object.keys(references).find((name) => !(name in flow.contracts));
  if (unknown !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `calibrateFlow: "references" names "${unknown}", which the order flow does not have.`,
      hint: `Use pools among: ${Object.keys(flow.contracts).join(", ")}.`,
    });
  }
  const [first, last] = flow.blocks;
  const blockTime = (flow.times[1] - flow.times[0]) / Math.max(1, last - first + 1);
  const how = { blockTime, seed, native, horizon };
  const spans = spansOf(flow);
  const pools = tradesOf(flow)
    .filter(({ trades }) => trades.length >= FEWEST_TRADES)
    .map((own) => [own.name, tradeFlow(flow, own, spans, { ...how, reference: references[own.name] })] as const);
  const lending = Object.entries(flow.contracts).flatMap(([name, { kind }]) => {
    if (kind !== "aaveV3" && kind !== "compoundV2" && kind !== "morphoBlue") return [];
    const liquidations = liquidationFlow(flow, name, how);
    const lenders = lenderFlows(flow, name, how);
    if (liquidations === undefined && lenders.length === 0) return [];
    return [[name, { ...(liquidations === undefined ? {} : { liquidations }), lenders }] as const];
  });
  if (pools.length === 0 && lending.length === 0) throw tooShort(flow);
  return {
    chainId: flow.chainId,
    blocks: flow.blocks,
    times: flow.times,
    blockTime,
    pools: Object.fromEntries(pools),
    lending: Object.fromEntries(lending),
  };
}

function tradeFlow(
  flow: FlowDataSet,
  own: PoolTrades,
  spans: readonly Span[],
  how: {
    readonly blockTime: number;
    readonly seed: number;
    readonly horizon: number;
    readonly reference: string | undefined;
  },
): TradeFlow {
  const { trades, base, quote } = own;
  const arrivals = arrivalsOf(
    trades.map(({ time }) => time),
    spans,
    how,
  );
  const random = createRandom(how.seed);
  const prices = referenceOf(flow, own, how.reference);
  const informed = informedShare(trades, prices, { spans, horizon: how.horizon, random });
  return {
    base: base.symbol,
    quote: quote.symbol,
    arrivals,
    sizes: sizesOf(trades.map((trade) => trade.quote)),
    purchases: shareOf(trades.filter(({ side }) => side === 1).length, trades.length),
    ...(informed === undefined ? {} : { informed }),
    traders: new Set(trades.map(({ from }) => from)).size,
  };
}

/** A share with Wilson's interval (*Probable inference, the law of succession, and statistical inference*, 1927). */
function shareOf(hits: number, trials: number): FlowEstimate {
  const share = hits / trials;
  const square = WIDE ** 2 / trials;
  const middle = (share + square / 2) / (1 + square);
  const reach = (WIDE * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))) / (1 + square);
  return {
    value: share,
    error: Math.sqrt((share * (1 - share)) / trials),
    interval: [Math.max(0, middle - reach), Math.min(1, middle + reach)],
  };
}

function tooShort({ blocks: [first, last], events }: FlowDataSet): SiegeError {
  return new SiegeError("FLOW_TOO_SHORT", {
    message: `The order flow of the blocks ${first} to ${last} has ${events.length} events: no pool has ${FEWEST_TRADES} trades, and no lending market a withdrawal or a liquidation.`,
    hint: "Ingest more blocks, or contracts that are used more.",
  });
}
