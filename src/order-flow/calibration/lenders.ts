import type { Address } from "viem";

import type { FlowDataSet } from "../data-set/flow-data-set.js";
import type { LendingEvent } from "../data-set/flow-event.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Arrivals } from "./arrivals.js";

import { poissonInterval } from "../../numeric/poisson.js";
import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { CONFIDENCE } from "../flow-estimate.js";
import { spansOf } from "../trades.js";

import { arrivalsOf } from "./arrivals.js";

/** How lenders of a token in a market come and go. Plain data. */
export interface LenderFlow {
  readonly token: string;
  readonly supplies: number;
  readonly withdrawals: number;
  /** When they withdraw: an excitation above 0 is one withdrawal that leads to others, a run. */
  readonly arrivals: Arrivals;
  /** Accounts that supplied or withdrew in the data. */
  readonly lenders: number;
  /** How probable it is that one of them withdraws in a block: what makes a depositor impatient. */
  readonly impatience: FlowEstimate;
  /** The largest net outflow within an hour. */
  readonly largestRun: {
    /** Whole tokens withdrawn less those supplied. */
    readonly outflow: number;
    /** Unix seconds. */
    readonly from: number;
    readonly to: number;
  };
}

const HOUR = 3_600;

/** The lenders of each token of a market that was withdrawn at least once. */
export function lenderFlows(
  flow: FlowDataSet,
  market: string,
  how: { readonly blockTime: number; readonly seed: number },
): readonly LenderFlow[] {
  const events = flow.events.filter(
    (event): event is LendingEvent =>
      (event.kind === "supply" || event.kind === "withdraw") && event.contract === market,
  );
  const tokens = [...new Set(events.map(({ token }) => addressKey(token)))];
  return tokens.flatMap((token): readonly LenderFlow[] => {
    const theirs = events.filter((event) => addressKey(event.token) === token);
    const withdrawals = theirs.filter(({ kind }) => kind === "withdraw");
    if (withdrawals.length === 0) return [];
    const arrivals = arrivalsOf(
      withdrawals.map(({ time }) => time),
      spansOf(flow),
      how,
    );
    const lenders = new Set(theirs.map(({ from }) => from)).size;
    return [
      {
        token: flow.tokens[token]?.symbol ?? token,
        supplies: theirs.length - withdrawals.length,
        withdrawals: withdrawals.length,
        arrivals,
        lenders,
        impatience: hazard(withdrawals.length, (lenders * arrivals.seconds) / how.blockTime),
        largestRun: largestRun(flow, theirs, token),
      },
    ];
  });
}

function hazard(events: number, exposure: number): FlowEstimate {
  const [lower, upper] = poissonInterval(events, CONFIDENCE);
  return {
    value: Math.min(1, events / exposure),
    error: Math.sqrt(events) / exposure,
    interval: [Math.min(1, lower / exposure), Math.min(1, upper / exposure)],
  };
}

function largestRun(
  { tokens, times: [start] }: FlowDataSet,
  events: readonly LendingEvent[],
  token: Address,
): LenderFlow["largestRun"] {
  const decimals = tokens[token]?.decimals ?? 18;
  let [first, outflow] = [0, 0];
  let worst = { outflow: 0, from: start, to: start };
  const flowOf = ({ kind, amount }: LendingEvent): number =>
    (kind === "withdraw" ? 1 : -1) * wholeUnits(amount, decimals);
  for (const event of events) {
    outflow += flowOf(event);
    for (let old = events[first]; old !== undefined && old.time < event.time - HOUR; old = events[++first]) {
      outflow -= flowOf(old);
    }
    if (outflow > worst.outflow) worst = { outflow, from: events[first]?.time ?? event.time, to: event.time };
  }
  return worst;
}
