import type { FlowDataSet } from "../data-set/flow-data-set.js";
import type { LiquidationEvent, RoundEvent } from "../data-set/flow-event.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Arrivals } from "./arrivals.js";

import { studentQuantile } from "../../numeric/student.js";
import { isSameAddress } from "../../quantity/address.js";
import { CONFIDENCE } from "../flow-estimate.js";
import { pricesOf } from "../prices.js";
import { spansOf } from "../trades.js";

import { arrivalsOf } from "./arrivals.js";

/** How positions of a market are liquidated. Plain data. */
export interface LiquidationFlow {
  readonly arrivals: Arrivals;
  /** How many accounts liquidate. */
  readonly liquidators: number;
  /**
   * Blocks between the last round of a feed of the two tokens and the liquidation: how long a liquidator takes, if the round is what made the position
   * liquidatable. Absent without such rounds, or for fewer than two liquidations after one.
   */
  readonly delay?: FlowEstimate;
  /** The share of its profit that a liquidator pays for its place in the block. Absent where receipts or prices are not known. */
  readonly bid?: FlowEstimate;
  /** Liquidations whose profit and payment are known. */
  readonly priced: number;
}

/** How the liquidations of a market happened; `undefined` if there are none. */
export function liquidationFlow(
  flow: FlowDataSet,
  market: string,
  how: { readonly blockTime: number; readonly seed: number; readonly native: string },
): LiquidationFlow | undefined {
  const all = flow.events.filter(
    (event): event is LiquidationEvent => event.kind === "liquidation" && event.contract === market,
  );
  if (all.length === 0) return undefined;
  const bids = bidsOf(flow, all, how.native);
  const delay = meanOf(delaysOf(flow, all));
  const bid = meanOf(bids);
  return {
    arrivals: arrivalsOf(
      all.map(({ time }) => time),
      spansOf(flow),
      how,
    ),
    liquidators: new Set(all.map(({ from }) => from)).size,
    ...(delay === undefined ? {} : { delay }),
    ...(bid === undefined ? {} : { bid }),
    priced: bids.length,
  };
}

function delaysOf(flow: FlowDataSet, liquidations: readonly LiquidationEvent[]): readonly number[] {
  const rounds = flow.events.filter((event): event is RoundEvent => event.kind === "round");
  return liquidations.flatMap(({ debt, collateral, block, index }) => {
    const last = rounds.findLast(({ contract, ...round }) => {
      const feed = flow.contracts[contract];
      const isBefore = round.block < block || (round.block === block && round.index < index);
      if (!isBefore || feed?.kind !== "chainlink") return false;
      return Object.entries(flow.tokens).some(
        ([address, { asset, symbol }]) =>
          (asset ?? symbol) === feed.asset &&
          [debt, collateral].some((token) => isSameAddress(token, address as `0x${string}`)),
      );
    });
    return last === undefined ? [] : [block - last.block];
  });
}

function bidsOf(flow: FlowDataSet, liquidations: readonly LiquidationEvent[], native: string): readonly number[] {
  const prices = pricesOf(flow);
  return liquidations.flatMap(({ priority, fee, time, ...event }) => {
    const coin = prices.asset(native, time);
    const seized = prices.worth(event.collateral, event.seized, time);
    const repaid = prices.worth(event.debt, event.repaid, time);
    if (priority === undefined || fee === undefined) return [];
    if (coin === undefined || seized === undefined || repaid === undefined) return [];
    const dollars = (wei: bigint): number => (Number(wei) / 1e18) * coin;
    // what is left after gas at the base fee is what can be bid
    const profit = seized - repaid - dollars(fee - priority);
    return profit > 0 ? [Math.min(1, dollars(priority) / profit)] : [];
  });
}

/** The mean, with an interval by Student's t; `undefined` for fewer than two values. */
export function meanOf(values: readonly number[]): FlowEstimate | undefined {
  if (values.length < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance / values.length);
  const reach = studentQuantile(values.length - 1, (1 + CONFIDENCE) / 2) * error;
  return { value: mean, error, interval: [mean - reach, mean + reach] };
}
