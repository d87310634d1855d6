import type { TellingContext } from "../../events/kind.js";
import type { Trace } from "../../events/trace.js";
import type { World } from "../../world/world.js";
import type { Gauge } from "./gauges.js";
import type { ObservedFrame } from "./observed-run.js";
import type { Frame, Series, SeriesKind, Timeline, ToldTransfer } from "./timeline.js";

import { tokens } from "../../../quantity/amount.js";
import { format } from "../../../quantity/format.js";
import { effectOf } from "../../reproduction/effect.js";

import { gaugeKey } from "./gauges.js";
import { functionsIn, toldCalls } from "./told-calls.js";

/** The most lines of a kind: the first ones, in the scenario's order. */
const MOST: Readonly<Record<SeriesKind, number>> = {
  price: 12,
  feed: 12,
  quote: 12,
  depth: 8,
  health: 16,
  margin: 12,
  shortfall: 8,
  share: 8,
  profit: 16,
  balance: 48,
};

/** The most transfers of a transaction that are listed. */
const MOST_TRANSFERS = 12;

/** Significant digits: the file holds no more than a chart or a table shows. */
const DIGITS = 8;

/** Of prices, also those that do not change are told if another of the same asset does. */
const OF_ASSET: ReadonlySet<SeriesKind> = new Set(["price", "feed", "quote"]);

/** The observed run as plain data. @param gauges - of each frame */
export function toldRun(
  world: World,
  trace: Trace,
  frames: readonly ObservedFrame[],
  gauges: readonly (readonly Gauge[])[],
  nameOf: TellingContext["nameOf"],
): Timeline {
  const functions = functionsIn(world, trace);
  return {
    frames: frames.map(({ block, seconds, kind, step, feed, did }): Frame => ({
      block,
      seconds,
      kind,
      ...(step === undefined ? {} : { step }),
      ...(did === undefined || step !== undefined ? {} : { actor: feed ?? nameOf(did.transaction.from) }),
      ...(did === undefined ? {} : toldCalls(world, did, functions, nameOf)),
      ...(did === undefined ? {} : transfersOf(world, did, nameOf)),
    })),
    series: seriesOf(gauges),
  };
}

function transfersOf(
  world: World,
  { receipt }: NonNullable<ObservedFrame["did"]>,
  nameOf: TellingContext["nameOf"],
): Pick<Frame, "transfers"> {
  const transfers = effectOf(receipt).transfers.flatMap(({ token, from, to, amount }): ToldTransfer[] => {
    const known = world.tokens.known(token);
    if (known === undefined || amount === 0n) return [];
    return [{ from: nameOf(from), to: nameOf(to), amount: format(tokens(amount, known)) }];
  });
  return transfers.length === 0 ? {} : { transfers: transfers.slice(0, MOST_TRANSFERS) };
}

function seriesOf(gauges: readonly (readonly Gauge[])[]): readonly Series[] {
  const byKey = gauges.map((frame) => new Map(frame.map((gauge) => [gaugeKey(gauge), gauge])));
  const all = new Map(gauges.flat().map((gauge) => [gaugeKey(gauge), gauge]));
  const series = [...all].map(([key, { kind, of, asset, unit }]): Series => ({
    kind,
    of,
    ...(asset === undefined ? {} : { asset }),
    unit,
    values: byKey.map((frame) => rounded(frame.get(key)?.value)),
  }));
  const moving = new Set(series.flatMap((one) => (OF_ASSET.has(one.kind) && isMoving(one) ? [one.asset] : [])));
  const counts = new Map<SeriesKind, number>();
  return series.filter((one) => {
    const isTold = isMoving(one) || (OF_ASSET.has(one.kind) && moving.has(one.asset));
    if (!isTold) return false;
    const count = (counts.get(one.kind) ?? 0) + 1;
    counts.set(one.kind, count);
    return count <= MOST[one.kind];
  });
}

function isMoving({ values }: Series): boolean {
  return new Set(values.filter((value) => value !== null)).size > 1;
}

function rounded(value: number | undefined): number | null {
  if (value === undefined || !Number.isFinite(value)) return null;
  return Number(value.toPrecision(DIGITS));
}
