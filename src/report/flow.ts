import type { FlowDataSet, FlowEstimate } from "../order-flow/index.js";
import type { FlowReport } from "./reporters/documents.js";

import { formatSpan } from "../quantity/format.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { columnsOf, padded } from "./columns.js";
import { count, row, toText } from "./lines.js";

/** Significant digits of an estimate. */
const DIGITS = 3;

const HOUR = 3_600;

/** Counterparties that are listed. */
const LISTED = 5;

/**
 * A data set of order flow as text: what is in it, and what became of the logs.
 *
 * @param file - where it was written
 */
export function renderDataSet(flow: FlowDataSet, file: string): string {
  const { blocks, times, counts, events, missing, contracts } = flow;
  const left = [
    [counts.duplicates, "duplicate"],
    [counts.removed, "taken back by reorganisations"],
    [counts.outOfOrder, "out of order, sorted"],
    [counts.unknown, "of contracts or markets that are not named"],
    [counts.others, "no order flow"],
    [counts.outside, "outside the blocks"],
  ] as const;
  const said = left
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number.toLocaleString("en-US")} ${what}`);
  return toText([
    `${count(events.length, "event")} in the blocks ${blocks[0]} to ${blocks[1]}, ${momentText(times[0])} to ${momentText(times[1])}`,
    ...Object.keys(contracts).map((name) => row(legible(name, NAME_WIDTH), kindsText(flow, name))),
    row("logs", [`${counts.logs.toLocaleString("en-US")} read`, ...said].join("; ")),
    ...missing.map(([from, to]) => row("missing", `the blocks ${from} to ${to} were not read`)),
    row("written", legible(file, NAME_WIDTH)),
  ]);
}

/**
 * What order flow is like, as text: when trades come, how large and how informed they are, and how lending markets are used.
 *
 * @param report - of `calibrateFlow` and `toxicityOf`
 * @returns lines without colours and without a trailing newline
 */
export function renderFlow({ calibration, toxicity }: FlowReport): string {
  const { blocks, times, pools, lending, blockTime } = calibration;
  return toText([
    `Order flow of the blocks ${blocks[0]} to ${blocks[1]}, ${momentText(times[0])} to ${momentText(times[1])}`,
    ...Object.entries(pools).flatMap(([name, flow]) => {
      const { arrivals, sizes, purchases, informed, traders } = flow;
      const toxic = toxicity.find(({ pool }) => pool === name);
      return [
        "",
        `${legible(name, NAME_WIDTH)}: ${legible(flow.base, NAME_WIDTH)} in ${legible(flow.quote, NAME_WIDTH)}, ${count(arrivals.events, "trade")} of ${count(traders, "account")} in ${formatSpan(Math.round(arrivals.seconds))}`,
        row("rate", `${text(arrivals.rate, HOUR)} an hour`),
        ...(arrivals.hawkes === undefined
          ? []
          : [
              row(
                "Hawkes",
                `${text(arrivals.hawkes.base, HOUR)} an hour by themselves, each sets off ${text(arrivals.hawkes.excitation)} within ${text(arrivals.hawkes.memory)} s on average`,
              ),
            ]),
        row("fit", `${arrivals.better === "hawkes" ? "Hawkes" : "Poisson"} is better; ${distanceText(arrivals.fit)}`),
        row(
          "size",
          `median ${text(sizes.median)} ${legible(flow.quote, NAME_WIDTH)}, deviation of the logarithm ${text(sizes.deviation)}; ${distanceText(sizes.fit)}`,
        ),
        ...(sizes.tail === undefined
          ? []
          : [
              row(
                "tail",
                `Pareto from ${rounded(sizes.tail.from)} on, index ${text(sizes.tail.index)}, better than log-normal`,
              ),
            ]),
        row("purchases", `${text(purchases, 100)} %`),
        informed === undefined
          ? row("informed", "not known: name prices that the trades do not move with --reference")
          : row(
              "informed",
              `${text(informed.share, 100)} %, by ${count(informed.trades, "move")} within ${informed.horizon} s`,
            ),
        ...(toxic === undefined ? [] : toxicityLines(toxic)),
      ];
    }),
    ...Object.entries(lending).flatMap(([name, { lenders, liquidations }]) => [
      "",
      `${legible(name, NAME_WIDTH)}: ${count(liquidations?.arrivals.events ?? 0, "liquidation")}`,
      ...(liquidations === undefined
        ? []
        : [
            row(
              "by",
              `${count(liquidations.liquidators, "account")}, ${text(liquidations.arrivals.rate, HOUR)} an hour`,
            ),
            ...(liquidations.delay === undefined
              ? []
              : [row("delay", `${text(liquidations.delay)} blocks after a round`)]),
            ...(liquidations.bid === undefined ? [] : [row("bid", `${text(liquidations.bid, 100)} % of the profit`)]),
          ]),
      ...lenders.map(({ token, withdrawals, lenders: accounts, impatience, largestRun }) =>
        row(
          legible(token, NAME_WIDTH),
          `${count(withdrawals, "withdrawal")} of ${count(accounts, "account")}, ${text(impatience, 1e6)} per million blocks and account; largest outflow within an hour ${rounded(largestRun.outflow)}`,
        ),
      ),
    ]),
    "",
    `  intervals are 95 %; blocks every ${rounded(blockTime)} s`,
  ]);
}

function toxicityLines({
  vpin,
  markouts,
  lambda,
  rebalancingLoss,
  volume,
  ...toxic
}: FlowReport["toxicity"][number]): readonly string[] {
  const { base, quote, reference, counterparties } = toxic;
  return [
    ...(vpin === undefined
      ? []
      : [
          row(
            "VPIN",
            `${text(vpin)}, ${vpin.buckets} buckets of ${rounded(vpin.bucketVolume)} ${legible(base, NAME_WIDTH)}, at most ${rounded(vpin.highest)}`,
          ),
        ]),
    ...(lambda === undefined
      ? []
      : [
          row(
            "lambda",
            `${text(lambda)} ${legible(quote, NAME_WIDTH)} for each ${legible(base, NAME_WIDTH)} bought, over ${lambda.over} s`,
          ),
        ]),
    ...(rebalancingLoss === undefined
      ? []
      : [
          row(
            "LVR",
            `${text(rebalancingLoss)} ${legible(quote, NAME_WIDTH)} before fees, on a volume of ${rounded(volume)}`,
          ),
        ]),
    ...(markouts.length === 0
      ? [row("markouts", "none: no price is known after a trade")]
      : table([
          ["markouts, bp", ...markouts.map(({ seconds }) => `${seconds} s`)],
          ["all", ...markouts.map(({ gain }) => text(gain))],
          ...counterparties.slice(0, LISTED).map(({ from, share, markouts: theirs, informed }) => [
            `${from.slice(0, 10)}, ${rounded(share * 100)} %${informed ? ", informed" : ""}`,
            ...markouts.map(({ seconds }) => {
              const one = theirs.find((markout) => markout.seconds === seconds);
              return one === undefined ? "" : text(one.gain);
            }),
          ]),
        ])),
    row(
      "prices",
      `of ${legible(reference, NAME_WIDTH)}${reference === toxic.pool ? ", which the trades move themselves" : ""}`,
    ),
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ""))),
  );
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function kindsText({ events }: FlowDataSet, name: string): string {
  const counts = new Map<string, number>();
  for (const { contract, kind } of events) if (contract === name) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, number]) => count(number, kind)).join(", ") || "no events";
}

/** `12.3 (10.1 to 14.8)` */
function text({ value, interval: [lower, upper] }: FlowEstimate, factor = 1): string {
  return `${rounded(value * factor)} (${rounded(lower * factor)} to ${rounded(upper * factor)})`;
}

function distanceText({
  statistic,
  probability,
}: {
  readonly statistic: number;
  readonly probability: number;
}): string {
  return `distance ${rounded(statistic)}, p ${rounded(probability)}`;
}

function rounded(value: number): string {
  return Math.abs(value) < 1e-12 ? "0" : value.toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
}

function momentText(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
